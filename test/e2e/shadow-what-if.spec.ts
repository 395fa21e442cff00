import { type DemoService, startDemoService } from '../support/demo-service.js';
import type { Answer } from '../support/service.js';
import { answerFaults } from './answer-faults.js';

type Json = Answer['json'];

const ALL = ['classGroups', 'scenarios', 'positions', 'regulatory', 'regT'];
const order = (clOrdId: string, orderQty: number, symbol: string) => ({
  ...{ clOrdId, orderQty },
  legs: [{ side: 'BUY', symbol, ratioQty: 1 }],
});

describe('what-if about a portfolio in the request', () => {
  let service: DemoService;
  beforeAll(async () => {
    service = await startDemoService();
  });
  afterAll(() => service.close());

  const ASKED = {
    account: { methodology: 'PORTFOLIO_MARGIN', cash: 50_000 },
    positions: [{ symbol: 'IBM', quantity: 100 }],
    market: {
      asOf: '2007-02-23T21:00:00.000Z',
      rates: [{ days: 57, rate: 0.0508 }],
      underlyings: [{ symbol: 'IBM', type: 'EQUITY', price: '97.73', productClass: 'EQUITY', classGroup: 'IBM' }],
      options: [
        { symbol: 'IBM070421C00100000', price: '1.68', exercise: 'AMERICAN', multiplier: '100' },
        { symbol: 'IBM   070223C00095000', price: '2.73', exercise: 'AMERICAN', multiplier: '100' },
      ],
    },
    orders: [],
    include: ALL,
  };
  const shadow = (changes: object): Promise<Answer> =>
    service.call('POST', '/v1/what-if', { key: 'demo-desk', body: { ...ASKED, ...changes } });
  const codes = ({ status, json }: Answer): unknown[] => [status, ...json.errors.map(({ code }: Json) => code)];

  it('is judged by its own house rules, which can only tighten', async () => {
    const plain = await shadow({});
    expect(plain.json.requirement.before).toBe('1465.95');
    const tighter = { parameter: 'priceMove.down', value: -0.3, ruleId: 'desk-7', reason: 'takeover talk' };
    const { status, json } = await shadow({ houseRules: [tighter] });
    expect(status).toBe(200);
    expect(answerFaults(json)).toEqual([]);
    expect(json.regulatory.requirement).toEqual(plain.json.requirement);
    expect(json.requirement.before).toBe('2931.90');
    expect(json.rules).toContainEqual(
      expect.objectContaining({ parameter: 'priceMove.down', value: -0.3, source: 'house', ruleId: 'desk-7' }),
    );
    const looser = await shadow({ houseRules: [{ ...tighter, value: -0.05 }] });
    expect(looser.json.requirement).toEqual(plain.json.requirement);
    const conflict = await shadow({ houseRules: [tighter, { ...tighter, value: -0.25, ruleId: 'desk-8' }] });
    expect(codes(conflict)).toEqual([400, 'house_rule.conflict']);
  });

  it('is judged on a stored snapshot by id, on the latest without one, on nothing that is not there', async () => {
    const { json } = await service.call('GET', '/v1/market-snapshots');
    const snapshotId = json.items[0].id;
    const portfolio = { market: undefined, positions: [{ symbol: 'HLVN', quantity: 100 }] };
    const byId = await shadow({ ...portfolio, snapshotId });
    expect(byId.json.requirement.before).toBe('3186.00');
    expect(byId.json.provenance).toMatchObject({ snapshotId, positionsVersion: null });
    expect((await shadow(portfolio)).json).toEqual(byId.json);
    expect((await shadow({ ...portfolio, snapshotId: 'f'.repeat(64) })).status).toBe(404);
    expect(codes(await shadow({ snapshotId }))).toEqual([400, 'market.two_sources']);
  });

  it('has no answer before there were rules, and none on the day after an option’s last', async () => {
    const early = await shadow({ market: { ...ASKED.market, asOf: '2004-02-23T21:00:00.000Z' } });
    expect(codes(early)).toEqual([422, 'rules.missing']);
    const expiring = { orders: [order('X-1', 1, 'IBM070223C00095000')] };
    const onTheDay = await shadow(expiring);
    expect(onTheDay.status).toBe(200);
    expect(answerFaults(onTheDay.json)).toEqual([]);
    const after = await shadow({ ...expiring, market: { ...ASKED.market, asOf: '2007-02-24T21:00:00.000Z' } });
    expect(codes(after)).toEqual([422, 'option.expired']);
  });

  it('leaves nothing in the store', async () => {
    const rows = async () => (await service.database.pool.query('SELECT FROM what_if_blocks')).rowCount;
    const before = await rows();
    expect((await shadow({})).json.id).toBeUndefined();
    expect(await rows()).toBe(before);
  });
});

describe('the oldest snapshot that is decided on', () => {
  it('is configured; history asked for by its id is answered all the same', async () => {
    const service = await startDemoService({ MARGIN_MAX_SNAPSHOT_AGE_HOURS: '0.001' });
    const stale = await service.call('POST', '/v1/accounts/demo-empty/what-if', { body: { orders: [] } });
    expect([stale.status, stale.json.code]).toEqual([422, 'snapshot.stale']);
    const { json } = await service.call('GET', '/v1/market-snapshots');
    const account = { methodology: 'PORTFOLIO_MARGIN', cash: 0 };
    const asked = { account, snapshotId: json.items[0].id, orders: [order('H-1', 1, 'HLVN')] };
    expect((await service.call('POST', '/v1/what-if', { body: asked })).status).toBe(200);
    await service.close();
  });
});
