import { storeSmallMarket } from '../../../../test/support/small-market.js';
import { startTestService, type TestService } from '../../../../test/support/service.js';
import { RiskArraysModule } from './risk-arrays.module.js';

const CALL = 'IBM   070421C00100000';
const PUT = 'IBM   070421P00095000';
const TODAY = 'a'.repeat(64);
const OLD = 'b'.repeat(64);

type Point = Readonly<Record<'priceMove' | 'volMove', number>>;
type Fault = Readonly<Record<'pointer' | 'code' | 'symbol', string>>;

const MARKET = {
  asOf: '2007-02-23T21:00:00.000Z',
  rates: [{ days: 57, rate: 0.0508 }],
  underlyings: [
    { symbol: 'IBM', type: 'EQUITY', price: '97.73', productClass: 'EQUITY', classGroup: 'IBM' },
    { symbol: 'SSO', type: 'ETF', price: '100', productClass: 'HIGH_CAP_INDEX', classGroup: 'SPX', leverage: 2 },
  ],
  options: [
    { symbol: CALL, price: '1.68', exercise: 'AMERICAN', multiplier: '100' },
    { symbol: PUT, price: '1.45', exercise: 'AMERICAN', multiplier: '100' },
  ],
};

describe('risk arrays over HTTP', () => {
  let service: TestService;
  const ask = (body: unknown, key = 'north') => service.call('POST', '/v1/risk-arrays', { key, body });

  beforeAll(async () => {
    service = await startTestService([RiskArraysModule], '2007-02-24T12:00:00.000Z');
  });
  afterAll(() => service.close());

  it('have no latest snapshot to begin with', async () => {
    const { status, json } = await ask({ symbols: ['IBM'] });
    expect([status, json.errors[0].code]).toEqual([422, 'snapshot.missing']);
  });

  describe('on stored snapshots', () => {
    beforeAll(async () => {
      await storeSmallMarket(service.database, { id: OLD, asOf: '2007-02-20T21:00:00.000Z', feed: 'old' });
    });

    it('are refused on the latest where that is too old, not on one asked for', async () => {
      expect((await ask({ symbols: ['IBM'] })).json.errors[0].code).toBe('snapshot.stale');
      expect((await ask({ symbols: ['IBM'], snapshotId: OLD })).json.provenance.snapshotId).toBe(OLD);
      await storeSmallMarket(service.database, { id: TODAY, asOf: '2007-02-23T21:00:00.000Z', feed: 'cboe' });
      expect((await ask({ symbols: ['IBM'] })).json.provenance.snapshotId).toBe(TODAY);
      expect((await ask({ symbols: ['IBM'], snapshotId: 'c' })).status).toBe(404);
    });

    it('have the regulatory points of their product class, an index included', async () => {
      const { status, json } = await ask({ symbols: ['SPX', 'IBM070421C00100000', 'SPX'] });
      expect(status).toBe(200);
      const [index, option, again] = json.arrays;
      expect(again).toEqual(index);
      expect(index).toMatchObject({ symbol: 'SPX', mark: '1451.19', theoretical: '1451.19000000' });
      expect(index.impliedVolatility).toBeNull();
      const moves = [-0.08, -0.064, -0.048, -0.032, -0.016, 0.012, 0.024, 0.036, 0.048, 0.06];
      expect(index.points).toEqual(moves.map((priceMove) => ({ priceMove, volMove: 0 })));
      expect(index.pnl[0]).toBe('-116.09520000');
      expect(index.values[9]).toBe('1538.26140000');
      expect(option.symbol).toBe(CALL);
      expect(option.points.map(({ priceMove }: Point) => priceMove)).toEqual([
        -0.15, -0.12, -0.09, -0.06, -0.03, 0.03, 0.06, 0.09, 0.12, 0.15,
      ]);
      option.values.forEach((value: string, k: number) => {
        expect(Number(value) - Number(option.theoretical)).toBeCloseTo(Number(option.pnl[k]), 7);
      });
    });

    it('flag a volatility that is a substitute', async () => {
      expect((await ask({ symbols: [CALL, PUT] })).json.flags).toMatchObject([
        { symbol: PUT, code: 'volatility.neighbour_strike' },
      ]);
    });

    it('list every gap at its place', async () => {
      const { status, json } = await ask({ symbols: ['NOPE', 'IBM', 'OLD', 'IBM   070421C00999000'] });
      expect(status).toBe(422);
      expect(json.errors.map(({ pointer, code, symbol }: Fault) => [pointer, code, symbol])).toEqual([
        ['/symbols/0', 'symbol.unknown', 'NOPE'],
        ['/symbols/2', 'price.stale', 'OLD'],
        ['/symbols/3', 'symbol.unknown', 'IBM   070421C00999000'],
      ]);
    });

    it('have the same values on points of one’s own', async () => {
      const regulatory = (await ask({ symbols: [CALL] })).json.arrays[0];
      const priceMoves = regulatory.points.map(({ priceMove }: Point) => priceMove);
      expect((await ask({ symbols: [CALL], priceMoves })).json.arrays[0]).toEqual(regulatory);
      const crossed = (await ask({ symbols: [CALL], volMoves: [0.5, 0] })).json.arrays[0];
      expect(crossed.values.slice(10)).toEqual(regulatory.values);
      expect(crossed.points[0]).toEqual({ priceMove: -0.15, volMove: 0.5 });
      // A long option gains with the volatility, everywhere.
      regulatory.values.forEach((value: string, k: number) => {
        expect(Number(crossed.values[k])).toBeGreaterThan(Number(value));
      });
    });
  });

  describe('on a market in the request', () => {
    it('are worth the mark at no move, and a fund moves by its multiple', async () => {
      const { status, json } = await ask({ market: MARKET, symbols: [CALL, 'SSO'], priceMoves: [0, -0.1, -1, 0.5] });
      expect(status).toBe(200);
      expect(json.provenance).toEqual({ snapshotId: null, asOf: MARKET.asOf, engineVersion: expect.any(String) });
      const [option, fund] = json.arrays;
      expect(option.mark).toBe('1.68');
      expect(Number(option.values[0])).toBeCloseTo(1.68, 5);
      expect(option.pnl[0]).toBe('0.00000000');
      expect(option.values[2]).toBe('0.00000000');
      expect(fund.values).toEqual(['100.00000000', '80.00000000', '0.00000000', '200.00000000']);
      expect(fund.pnl[1]).toBe('-20.00000000');
    });

    it('need rules only for the regulatory points', async () => {
      const market = { ...MARKET, asOf: '2005-02-23T21:00:00.000Z' };
      expect((await ask({ market, symbols: ['IBM'] })).json.errors[0].code).toBe('rules.missing');
      expect((await ask({ market, symbols: ['IBM'], priceMoves: [0] })).status).toBe(200);
    });

    it('name everything that is wrong at once', async () => {
      const underlyings = [MARKET.underlyings[0], MARKET.underlyings[0]];
      const body = { market: { ...MARKET, underlyings }, symbols: ['IBM'], volMoves: [0, -1] };
      const { status, json } = await ask(body);
      expect(status).toBe(400);
      expect(json.errors.map(({ pointer }: Fault) => pointer)).toEqual(['/volMoves/1', '/market/underlyings/1/symbol']);
      const malformed = await ask({ market: MARKET, symbols: ['IBM', 'IBM   070231C00100000', 'i b'] });
      expect(malformed.status).toBe(400);
      expect(malformed.json.errors.map(({ pointer }: Fault) => pointer)).toEqual(['/symbols/1', '/symbols/2']);
    });

    it.each<readonly [string, object]>([
      ['no symbols in the list', { symbols: [] }],
      ['a symbol alone', { symbols: 'IBM' }],
      ['a symbol that is a number', { symbols: [5] }],
      ['too many symbols', { symbols: Array<string>(501).fill('IBM') }],
      ['no price moves in the list', { symbols: ['IBM'], priceMoves: [] }],
      ['a price move below zero price', { symbols: ['IBM'], priceMoves: [-1.01] }],
      ['a price move as text', { symbols: ['IBM'], priceMoves: ['0.1'] }],
      ['a volatility move too large', { symbols: ['IBM'], volMoves: [11] }],
      ['two markets', { symbols: ['IBM'], market: MARKET, snapshotId: OLD }],
      ['an impossible snapshot id', { symbols: ['IBM'], snapshotId: 'a b' }],
      ['no symbols', {}],
    ])('refuse %s', async (_, body) => {
      expect((await ask(body)).status).toBe(400);
    });

    it('take a call’s worth of work and no more', async () => {
      const volMoves = Array.from({ length: 4 }, (_, index) => index / 10);
      const symbols = (count: number) => Array<string>(count).fill('IBM');
      expect((await ask({ market: MARKET, symbols: symbols(500), volMoves })).status).toBe(200);
      const more = await ask({
        market: MARKET,
        symbols: symbols(500),
        volMoves,
        priceMoves: Array<number>(11).fill(0),
      });
      expect([more.status, more.json.errors[0].code]).toEqual([400, 'risk_arrays.too_many']);
    });

    it('let other requests through while they compute', async () => {
      const volMoves = Array.from({ length: 25 }, (_, index) => index / 10);
      let answered = false;
      const long = ask({ market: MARKET, symbols: Array<string>(30).fill(PUT), volMoves }).then((answer) => {
        answered = true;
        return answer;
      });
      const short = ask({ market: MARKET, symbols: ['SSO'] });
      expect((await short).status).toBe(200);
      expect(answered).toBe(false);
      expect((await long).status).toBe(200);
    });
  });
});
