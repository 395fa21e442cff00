import { Decimal } from 'decimal.js';
import { type GivenPrices, type Option, osiSymbol, PLAIN_OPTION, type Underlying } from '@app/market';
import { Database, saveSnapshot, SnapshotRepository } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const UNDERLYING: Underlying = {
  kind: 'UNDERLYING',
  symbol: 'ZZA',
  type: 'EQUITY',
  price: new Decimal('100.5'),
  priceDate: null,
  productClass: 'EQUITY',
  classGroup: 'ZZA',
  productGroup: 'a group | of ours',
  leverage: 1,
  dividendYield: 0.01,
  dividends: [{ exDate: '2026-09-01', amount: 0.25 }],
  portfolioGroup: 'OURS',
  beta: -0.25,
  marketCap: 4_514_709_583_000.5,
  sharesOutstanding: 14_594_180_000,
  averageDailyVolume: 52_786_513,
  earningsDate: '2026-10-29',
  marginable: false,
  bond: null,
  forwards: [{ expiry: '2026-09-18', root: 'ZZA', forward: 100.75, rate: 0.0405, source: 'GIVEN', pairs: 0 }],
};

function option(symbol: string, changes: Partial<Option> = {}): Option {
  const { right, expiry, strike } = osiSymbol(symbol)!;
  const terms = { symbol, right, expiry, strike, underlying: 'ZZA', exercise: 'AMERICAN', ...PLAIN_OPTION } as const;
  const multiplier = new Decimal(100);
  const mark = { price: new Decimal('2.45'), impliedVolatility: null, volatilitySource: null, flags: [] };
  return { kind: 'OPTION', ...terms, multiplier, ...mark, ...changes };
}

const CALL = 'ZZA   260918C00100000';
const PUT = 'ZZA   260918P00100000';
const PRICES: GivenPrices = {
  asOf: '2026-08-21T20:00:00.000Z',
  rates: [
    { days: 30, rate: 0.04 },
    { days: 365, rate: 0.041 },
  ],
  underlyings: [UNDERLYING],
  options: [option(CALL), option(PUT, { price: null, impliedVolatility: 0.3, volatilitySource: 'GIVEN' })],
  futures: [
    {
      kind: 'FUTURE',
      symbol: 'ZZF6',
      underlying: 'ZZA',
      price: new Decimal(101),
      expiry: '2026-09-18',
      multiplier: new Decimal(50),
    },
  ],
};

describe('saveSnapshot', () => {
  let fresh: FreshDatabase;
  let database: Database;

  beforeEach(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
  });

  afterEach(async () => {
    await database.close();
    await fresh.drop();
  });

  it('stores prices that read back as they were given', async () => {
    const { id, isNew } = await saveSnapshot(database, PRICES, 'desk', 'given');
    expect(isNew).toBe(true);
    const market = (await new SnapshotRepository(database).market(id))!;
    await market.load([CALL, PUT, 'ZZF6']);
    expect(market).toMatchObject({ asOf: PRICES.asOf, rates: PRICES.rates, snapshotId: id });
    expect(market.instrument('ZZA')).toEqual(UNDERLYING);
    expect(market.instrument('ZZF6')).toEqual(PRICES.futures[0]);
    expect(market.instrument(PUT)).toEqual(PRICES.options[1]);
    expect(market.instrument(CALL)).toMatchObject({
      volatilitySource: 'SOLVED',
      impliedVolatility: expect.any(Number),
    });
  });

  it('stores options on futures, warrants and adjusted contracts with what they deliver', async () => {
    const own = { right: 'PUT', expiry: '2026-09-18', strike: 97.25 } as const;
    const known = { price: new Decimal('2.5'), impliedVolatility: 0.4, volatilitySource: 'GIVEN' } as const;
    const deliverable = { components: [{ symbol: 'ZZA', shares: 25.5 }], cash: 12.34 };
    const options = [
      option(CALL, { ...own, ...known, symbol: 'ZZF6P97.25', form: 'ON_FUTURE', underlying: 'ZZF6' }),
      option(CALL, { ...own, ...known, symbol: 'ZZA.WS', form: 'WARRANT' }),
      option('ZZA1  260918C00100000', { ...known, adjusted: true, deliverable }),
    ];
    const { id } = await saveSnapshot(database, { ...PRICES, options }, 'desk', 'given');
    const market = (await new SnapshotRepository(database).market(id))!;
    await market.load(options.map(({ symbol }) => symbol));
    expect(options.map(({ symbol }) => market.instrument(symbol))).toEqual(options);
    const kinds = await database.prisma.instrument.findMany({ orderBy: { symbol: 'asc' } });
    expect(kinds.map(({ symbol, kind }) => [symbol, kind])).toEqual([
      ['ZZA', 'UNDERLYING'],
      ['ZZA.WS', 'WARRANT'],
      ['ZZA1  260918C00100000', 'OPTION'],
      ['ZZF6', 'FUTURE'],
      ['ZZF6P97.25', 'FUTURE_OPTION'],
    ]);
    const other = [...options.slice(0, 2), { ...options[2], deliverable: { ...deliverable, cash: 0 } }];
    expect((await saveSnapshot(database, { ...PRICES, options: other }, 'desk', 'given')).id).not.toBe(id);
  });

  it('knows the same prices in another order, and tells others apart', async () => {
    const { id } = await saveSnapshot(database, PRICES, 'desk', 'given');
    const reversed = { ...PRICES, rates: PRICES.rates.toReversed(), options: PRICES.options.toReversed() };
    expect(await saveSnapshot(database, reversed, 'desk', 'again')).toEqual({ id, isNew: false });
    const others: readonly [GivenPrices, string][] = [
      [PRICES, 'other'],
      [{ ...PRICES, asOf: '2026-08-21T20:00:01.000Z' }, 'desk'],
      [{ ...PRICES, rates: [{ days: 30, rate: 0.04 }] }, 'desk'],
      [{ ...PRICES, underlyings: [{ ...UNDERLYING, dividends: [] }] }, 'desk'],
      [{ ...PRICES, options: [option(CALL, { price: new Decimal('2.46') }), PRICES.options[1]] }, 'desk'],
      [{ ...PRICES, futures: [] }, 'desk'],
    ];
    const ids = [];
    for (const [prices, feed] of others) ids.push((await saveSnapshot(database, prices, feed, 'given')).id);
    expect(new Set([id, ...ids]).size).toBe(others.length + 1);
  });

  it('stores once what is saved several times at once', async () => {
    const saved = await Promise.all([1, 2, 3].map(() => saveSnapshot(database, PRICES, 'desk', 'given')));
    expect(saved.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await database.prisma.marketSnapshot.count()).toBe(1);
  });

  it('stores nothing where the database refuses a part', async () => {
    const impossible = { ...PRICES, rates: [{ days: 0, rate: 0.04 }] };
    await expect(saveSnapshot(database, impossible, 'desk', 'given')).rejects.toThrow('snapshot_rates_days_positive');
    expect(await database.prisma.marketSnapshot.count()).toBe(0);
    expect(await database.prisma.instrument.count()).toBe(0);
  });
});
