import { ApiKeyRepository } from '@app/store';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import type { Answer, Call } from '../support/service.js';
import { answerFaults } from './answer-faults.js';

type Json = Answer['json'];

const CALL = 'HLVN  260717C00225000';
const ALL = ['classGroups', 'scenarios', 'positions', 'regulatory'];

const leg = (side: string, symbol: string, ratioQty: string | number = '1') => ({ side, symbol, ratioQty });
const order = (clOrdId: string, orderQty: string | number, symbol: string, changes: object = {}) => ({
  ...{ clOrdId, orderQty, legs: [leg('BUY', symbol)] },
  ...changes,
});

describe('what-if, end to end', () => {
  let service: DemoService;
  beforeAll(async () => {
    service = await startDemoService();
  });
  afterAll(() => service.close());

  const ask = (account: string, body: unknown, key = 'demo-desk'): Promise<Answer> =>
    service.call('POST', `/v1/accounts/${account}/what-if`, { key, body });
  const get = (path: string, key = 'demo-desk', call: Call = {}) => service.call('GET', path, { ...call, key });
  const put = (account: string, version: number, positions: unknown, key = 'demo-risk') =>
    service.call('PUT', `/v1/accounts/${account}/positions`, {
      key,
      headers: { 'if-match': `"${version}"` },
      body: { positions },
    });
  const open = (id: string, changes: object = {}) =>
    service.call('POST', '/v1/accounts', {
      body: {
        ...{ id, name: id, desk: 'demo', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN', cash: '100000' },
        ...changes,
      },
    });
  const faults = ({ status, json }: Answer): unknown[] => [
    status,
    ...(json.errors ?? []).map(({ code, pointer }: Record<string, string>) => `${code} ${pointer}`),
  ];
  /** A problem without what is of this request alone. */
  const anonymous = ({ status, json }: Answer) => ({ status, body: { ...json, requestId: '' } });

  describe('the stored answer', () => {
    const body = { orders: [order('S-1', 1, CALL)], include: ALL };

    it('is given again byte for byte, also to risk, and whatever has changed since', async () => {
      await open('stored-1', { positions: [{ symbol: 'HLVN', quantity: 100 }], feed: 'demo' });
      const asked = await ask('stored-1', body);
      expect(asked.status).toBe(200);
      expect((await put('stored-1', 1, [])).status).toBe(200);
      for (const key of ['demo-desk', 'demo-risk', 'demo-admin']) {
        for (const id of [asked.json.id, asked.json.id.toUpperCase()]) {
          const found = await get(`/v1/what-ifs/${id}`, key);
          expect([found.status, found.text]).toEqual([200, asked.text]);
          expect(found.headers.get('content-type')).toBe(asked.headers.get('content-type'));
        }
      }
    });

    it('of another desk is as unknown as one that never was', async () => {
      const asked = await ask('demo-other-desk', { orders: [] }, 'demo-risk');
      expect(asked.status).toBe(200);
      const never = anonymous(await get('/v1/what-ifs/00000000-0000-4000-8000-000000000000'));
      expect(never.status).toBe(404);
      for (const id of [asked.json.id, 'x', '%F0%9F%98%80', `${asked.json.id}0`]) {
        expect(anonymous(await get(`/v1/what-ifs/${id}`))).toEqual(never);
      }
    });

    it('is not given to a key without a right', async () => {
      const { json } = await ask('demo-empty', { orders: [] });
      expect((await get(`/v1/what-ifs/${json.id}`, 'nobody')).status).toBe(401);
    });
  });

  describe('who may', () => {
    it('a desk sees another desk’s account as it sees none at all', async () => {
      for (const [method, suffix] of [
        ['GET', ''],
        ['GET', '/positions'],
        ['GET', '/margin'],
        ['POST', '/what-if'],
      ]) {
        const send = (id: string) =>
          service.call(method, `/v1/accounts/${id}${suffix}`, {
            key: 'demo-desk',
            ...(method === 'POST' && { body: { orders: [] } }),
          });
        const unknown = anonymous(await send('demo-none'));
        expect(unknown.status).toBe(404);
        expect(anonymous(await send('demo-other-desk'))).toEqual(unknown);
      }
    });

    it('a desk asks and reads, and writes nothing', async () => {
      const refused = [
        await put('demo-empty', 1, [], 'demo-desk'),
        await service.call('POST', '/v1/accounts', { key: 'demo-desk', body: {} }),
        await service.call('POST', '/v1/market-snapshots', { key: 'demo-desk', body: {} }),
      ];
      expect(refused.map(({ status, json }) => [status, json.code])).toEqual(
        refused.map(() => [403, 'auth.forbidden']),
      );
      expect((await ask('demo-empty', { orders: [] })).status).toBe(200);
    });

    it('a revoked key opens nothing', async () => {
      const keys = new ApiKeyRepository(service.database);
      await keys.save('short-lived', { name: 'short-lived', role: 'RISK', desk: null });
      await keys.save('never-used', { name: 'never-used', role: 'RISK', desk: null });
      const ids = (await keys.list()).filter(({ name }) => name === 'never-used').map(({ id }) => id);
      expect((await get('/v1/accounts', 'short-lived')).status).toBe(200);
      expect(await keys.revoke(ids[0])).toBe(true);
      // Not seen before, so that no cache stands between revocation and refusal.
      const refused = await get('/v1/accounts', 'never-used');
      expect([refused.status, refused.json.code]).toEqual([401, 'auth.unauthenticated']);
      expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    });
  });

  describe('the numbers', () => {
    it.each([
      [
        'demo-market-maker',
        [order('N-1', 3, CALL), order('N-2', 2, 'MDXE', { legs: [leg('SELL_SHORT', 'MDXE', 50)] })],
      ],
      ['demo-empty', [order('N-1', '7', CALL, { price: '3.17' })]],
      ['demo-in-deficit', [order('N-1', 20, 'NVRD  260717C00520000')]],
      ['demo-two-stocks-no-netting', [order('N-1', 2170, 'WEXM', { price: 0.0001 })]],
      ['demo-leveraged-etf', []],
    ])('of %s add up to the cent', async (account, orders) => {
      const { status, json } = await ask(account, { orders, include: ALL });
      expect(status).toBe(200);
      expect(answerFaults(json)).toEqual([]);
      const bought = await get(`/v1/accounts/${account}/margin`);
      for (const name of ['requirement', 'equity', 'excess']) expect(json[name].before).toBe(bought.json[name]);
    });

    it('follow the positions at once, under their version', async () => {
      await open('follows', { feed: 'demo' });
      const body = { orders: [order('F-1', 1, 'PYLM')], include: ALL };
      const versions = [];
      for (const [version, quantity] of [
        [1, 100],
        [2, 300],
      ]) {
        await put('follows', version, [{ symbol: 'HLVN', quantity }]);
        const { json } = await ask('follows', body);
        expect(json.requirement.before).toBe(((quantity * 212.4 * 15) / 100).toFixed(2));
        versions.push(json.provenance.positionsVersion);
      }
      expect(versions).toEqual(['2', '3']);
    });

    it('of two questions at once are their own, and leave no trace', async () => {
      const state = async () =>
        Promise.all(
          ['', '/positions', '/margin'].map(async (path) => (await get(`/v1/accounts/demo-empty${path}`)).text),
        );
      const untouched = await state();
      const small = { orders: [order('P-1', 10, 'HLVN')], include: ALL };
      const large = { orders: [order('P-1', 500, 'PYLM')], include: ALL };
      const numbers = ({ json }: Answer) => ({ ...json, id: '' });
      const alone = [numbers(await ask('demo-empty', small)), numbers(await ask('demo-empty', large))];
      const together = await Promise.all([small, large, small, large].map((body) => ask('demo-empty', body)));
      expect(together.map(numbers)).toEqual([...alone, ...alone]);
      expect(new Set(together.map(({ json }) => json.id)).size).toBe(4);
      expect(await state()).toEqual(untouched);
    });

    it('are the same for padded and plain symbols, for texts and numbers', async () => {
      const spelled = (symbol: string, one: unknown, ten: unknown, price: unknown) => ({
        orders: [{ clOrdId: 'A-1', orderQty: ten, price, legs: [{ symbol, side: 'BUY', ratioQty: one }] }],
        include: ALL,
      });
      const padded = await ask('demo-empty', spelled(CALL, '1', '10', '2.5'));
      const plain = await ask('demo-empty', spelled(CALL.replaceAll(' ', ''), 1, 10, 2.5));
      expect(padded.status).toBe(200);
      expect({ ...plain.json, id: '' }).toEqual({ ...padded.json, id: '' });
      expect(plain.json.positions.map(({ symbol }: Json) => symbol)).toEqual([CALL]);
    });
  });

  describe('the strategy-based side', () => {
    const covered = { orders: [order('R-1', 10, CALL, { price: '2.73', legs: [leg('SELL', CALL)] })] };

    it('is not there unless asked for, and changes nothing else where it is', async () => {
      const plain = (await ask('demo-long-stock', { ...covered, include: ALL })).json;
      const { json } = await ask('demo-long-stock', { ...covered, include: [...ALL, 'regT'] });
      const { regT, ...rest } = json;
      expect({ ...rest, id: '', provenance: '' }).toEqual({ ...plain, id: '', provenance: '' });
      expect(answerFaults(json)).toEqual([]);
      expect(regT.initial).toEqual({ before: '106200.00', after: '106200.00', change: '0.00' });
      expect(regT.maintenance.after).toBe('53100.00');
      expect(regT.excess.change).toBe('2730.00');
      expect(regT.capitalFreed.change).toBe((Number(json.excess.change) - 2730).toFixed(2));
      expect(regT).toMatchObject({ optimal: true, gap: '0.00', ruleSetVersion: 'reg-t-2026' });
      expect(regT.strategies.before.map(({ formula }: Json) => formula)).toEqual(['LONG_STOCK']);
      expect(regT.strategies.after).toMatchObject([
        {
          ...{ formula: 'COVERED_CALL', requirement: '106200.00', status: 'verified' },
          legs: expect.arrayContaining([
            { symbol: 'HLVN', quantity: '1000' },
            { symbol: CALL, quantity: '-10' },
          ]),
        },
      ]);
    });

    it('decides about an account of its own', async () => {
      const { json } = await ask('demo-reg-t', { orders: [order('R-2', 300, 'HLVN')] });
      expect(answerFaults(json)).toEqual([]);
      expect(json).toMatchObject({ decision: 'REJECT', methodology: 'REG_T', rules: [] });
      expect(json.requirement).toEqual(json.regT.initial);
      expect(json.excess).toEqual(json.regT.excess);
      expect(json.provenance.ruleSetVersion).toBe('reg-t-2026');
      expect(Object.keys(json)).not.toEqual(expect.arrayContaining(['classGroups']));
      expect(json.regT.capitalFreed).toBeUndefined();
      const beside = (await ask('demo-reg-t', { orders: [order('R-2', 300, 'HLVN')], include: ALL })).json;
      expect(beside.excess).toEqual(json.excess);
      expect(beside.regT.capitalFreed.after).toBe(
        (Number(beside.regulatory.excess.after) - Number(beside.excess.after)).toFixed(2),
      );
      const { json: margin } = await get('/v1/accounts/demo-reg-t/margin');
      expect([margin.requirement, margin.excess]).toEqual([json.requirement.before, json.excess.before]);
    });

    it('lets an account in deficit send what lowers its requirement, and nothing else', async () => {
      const positions = [{ symbol: 'HLVN', quantity: 100 }];
      await open('reg-t-deficit', { methodology: 'REG_T', cash: '-15000', feed: 'demo', positions });
      const sell = [order('R-3', 10, 'HLVN', { legs: [leg('SELL', 'HLVN')] })];
      const less = (await ask('reg-t-deficit', { orders: sell })).json;
      expect(less).toMatchObject({ decision: 'ACCEPT', riskReducing: true });
      expect(less.reasons[0].code).toBe('risk_reducing.accepted_in_deficit');
      const more = (await ask('reg-t-deficit', { orders: [order('R-4', 1, 'HLVN')] })).json;
      expect(more).toMatchObject({ decision: 'REJECT', riskReducing: false });
    });

    it('lists what is missing under either regime together', async () => {
      const orders = [order('R-5', 1, 'NOSUCH'), order('R-6', 1, 'MXFU6')];
      const both = await ask('demo-empty', { orders, include: ['regT'] });
      expect(faults(both)).toEqual([
        422,
        'symbol.unknown /orders/0/legs/0/symbol',
        'future.not_in_margin_account /orders/1/legs/0/symbol',
      ]);
      expect(faults(await ask('demo-empty', { orders: orders.slice(1) }))).toEqual([200]);
    });
  });

  describe('what cannot be answered', () => {
    it('a strict account with a substitute volatility, and an account with a stale price', async () => {
      expect(faults(await ask('demo-strict-volatility', { orders: [] }))).toEqual([422, 'volatility.fallback ']);
      expect(faults(await ask('demo-stale-symbol', { orders: [] }))).toEqual([422, 'price.stale ']);
      const { json } = await ask('demo-stale-symbol', { orders: [] });
      expect(json.errors[0].symbol).toBe('OLDN');
    });

    it('portfolio margin in an IRA, but REG_T', async () => {
      expect(faults(await open('ira-1', { type: 'IRA' }))).toEqual([422, 'account.ira_portfolio_margin /methodology']);
      expect((await get('/v1/accounts/ira-1')).status).toBe(404);
      expect((await open('ira-2', { type: 'IRA', methodology: 'REG_T' })).status).toBe(201);
      expect((await ask('ira-2', { orders: [] })).json).toMatchObject({ decision: 'ACCEPT', methodology: 'REG_T' });
      expect((await get('/v1/accounts/ira-2/margin')).json).toMatchObject({ methodology: 'REG_T' });
    });

    it('an expired option, an index itself, an unknown symbol: all of them named at once', async () => {
      const orders = [order('G-1', 1, 'HLVN  260612C00210000'), order('G-2', 1, 'MDX'), order('G-3', 1, 'NOSUCH')];
      const answer = await ask('demo-empty', { orders });
      expect(answer.json.errors.map(({ pointer }: Json) => pointer)).toEqual(
        [0, 1, 2].map((index) => `/orders/${index}/legs/0/symbol`),
      );
      expect([answer.status, answer.json.decision]).toEqual([422, undefined]);
    });

    it('what the contract does not allow', async () => {
      const sell = order('C-1', 1, 'HLVN', { price: '-1', legs: [leg('SELL', 'HLVN')] });
      expect(faults(await ask('demo-empty', { orders: [sell] }))).toEqual([
        400,
        'order.price_negative /orders/0/price',
      ]);
      const twice = [order('C-1', 1, 'HLVN'), order('C-2', 1, 'HLVN'), order('C-1', 1, 'PYLM')];
      expect(faults(await ask('demo-empty', { orders: twice }))).toEqual([400, 'field.duplicate /orders/2/clOrdId']);
    });
  });
});
