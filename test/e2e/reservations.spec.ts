import { documentedService } from '../support/documented-service.js';
import type { Answer } from '../support/service.js';

const HLVN = [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }];

describe('reservations', () => {
  const { call, account: opened, reserve, fill, margin } = documentedService();
  let next = 0;
  const account = (cash = '250000.00') => opened({ cash });
  /** Shares at the mark: 31.86 of requirement each. */
  const buy = (orderQty: string, clOrdId = `B-${++next}`) => ({ clOrdId, orderQty, price: '212.40', legs: HLVN });

  it('holds what it accepts, and every answer about the account counts it', async () => {
    const id = await account();
    const { status, json, headers } = await reserve(id, { orders: [buy('500')] });
    expect([status, json.decision, json.held, json.proof]).toEqual([201, 'ACCEPT', '15930.00', 'EXACT']);
    expect(json.requirement).toEqual({ before: '0.00', after: '15930.00', change: '15930.00' });
    expect(headers.get('location')).toBe(`/v1/reservations/${json.id}`);
    expect(Date.parse(json.validUntil) - Date.parse(json.decidedAt)).toBe(300_000);
    expect(await margin(id)).toMatchObject({ requirement: '15930.00', held: '15930.00', excess: '234070.00' });
    const asked = await call('POST', `/v1/accounts/${id}/what-if`, { body: { orders: [buy('100')] } });
    expect(asked.json.requirement).toEqual({ before: '15930.00', after: '19116.00', change: '3186.00' });
    const { json: found } = await call('GET', `/v1/reservations/${json.id}`, { key: 'demo-desk' });
    expect(found).toMatchObject({ state: 'WORKING', held: '15930.00', version: 1, replaces: null });
    const list = (await call('GET', `/v1/accounts/${id}/reservations?state=WORKING`)).json;
    expect(list).toEqual({ items: [found], nextCursor: null });
  });

  it('refuses what equity does not cover beside what is held, and holds nothing for it', async () => {
    const id = await account('20000.00');
    expect((await reserve(id, { orders: [buy('500')] })).json.decision).toBe('ACCEPT');
    const { status, json } = await reserve(id, { orders: [buy('500')] });
    expect([status, json.decision, json.reservation, json.held]).toEqual([200, 'REJECT', null, '0.00']);
    expect(json.reasons).toMatchObject([{ code: 'limit.excess_exceeded', shortfall: '11860.00' }]);
    expect(await margin(id)).toMatchObject({ held: '15930.00' });
  });

  it('turns executions into positions and cash, each once, in parts', async () => {
    const id = await account();
    const order = buy('500');
    const { json } = await reserve(id, { orders: [order] });
    const told = (body: object) => fill(json.id, body);
    const first = await told({ execId: 'E-1', lastQty: '200', lastPx: '212.00' });
    expect(first.json).toMatchObject({
      late: false,
      reservation: { state: 'WORKING', held: '9558.00', version: 2, orders: [{ cumQty: '200', leavesQty: '300' }] },
    });
    expect((await told({ execId: 'E-1', lastQty: '200', lastPx: '212.00' })).json).toEqual(first.json);
    expect((await told({ execId: 'E-1', lastQty: '100', lastPx: '212.00' })).json.code).toBe('fill.different');
    expect((await told({ execId: 'E-2', lastQty: '301', lastPx: '212.00' })).json.code).toBe('fill.exceeds_leaves');
    expect((await told({ execId: 'E-2', clOrdId: 'no', lastQty: '1', lastPx: '1' })).status).toBe(400);
    expect((await call('GET', `/v1/accounts/${id}/positions`)).json).toMatchObject({
      cash: '207600.00',
      positions: [{ symbol: 'HLVN', quantity: '200' }],
    });
    expect(await margin(id)).toMatchObject({ requirement: '15930.00', held: '9558.00' });
    const last = await told({ execId: 'E-2', lastQty: '300', lastPx: '212.40' });
    expect(last.json.reservation).toMatchObject({ state: 'FILLED', held: '0.00', orders: [{ leavesQty: '0' }] });
    expect(await margin(id)).toMatchObject({ requirement: '15930.00', held: '0.00', equity: '250080.00' });
  });

  it('lets go of what is cancelled, has run out or was replaced', async () => {
    const id = await account();
    const [one, two, three] = await Promise.all([
      reserve(id, { orders: [buy('100')] }),
      reserve(id, { orders: [buy('100')] }),
      reserve(id, { orders: [buy('100')], validSeconds: 1 }),
    ]);
    expect((await margin(id)).held).toBe('9558.00');
    const end = (kind: string, of: Answer, headers = {}) =>
      call('POST', `/v1/reservations/${of.json.id}/${kind}`, { key: 'demo-desk', body: {}, headers });
    expect((await end('cancel', one, { 'if-match': '"7"' })).status).toBe(412);
    expect((await end('cancel', one, { 'if-match': '"1"' })).json).toMatchObject({ state: 'CANCELLED', held: '0.00' });
    expect((await end('cancel', one)).json.code).toBe('reservation.not_working');
    const replaced = await call('POST', `/v1/reservations/${two.json.id}/replace`, {
      key: 'demo-desk',
      body: { orders: [buy('7000')] },
    });
    expect([replaced.status, replaced.json.held]).toEqual([201, '223020.00']);
    expect(replaced.json.reservation.replaces).toBe(two.json.id);
    expect((await call('GET', `/v1/reservations/${two.json.id}`)).json.state).toBe('REPLACED');
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, Date.parse(three.json.validUntil) - Date.now() + 5)),
    );
    expect((await call('GET', `/v1/reservations/${three.json.id}`)).json).toMatchObject({
      state: 'EXPIRED',
      held: '0.00',
    });
    expect((await margin(id)).held).toBe('223020.00');
    const late = { execId: 'E-1', lastQty: '10', lastPx: '212.40' };
    expect((await fill(three.json.id, late)).json).toMatchObject({ late: true, reservation: { state: 'EXPIRED' } });
    expect((await end('expire', replaced)).json.state).toBe('EXPIRED');
    expect(await margin(id)).toMatchObject({ held: '0.00', requirement: '318.60' });
  });

  it('takes an order id once, and answers a key once', async () => {
    const id = await account();
    const order = buy('100', 'ONCE');
    const headers = { 'idempotency-key': `key-${id}` };
    const first = await reserve(id, { orders: [order] }, headers);
    const again = await reserve(id, { orders: [order] }, headers);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await reserve(id, { orders: [order] })).json.code).toBe('order.duplicate');
    expect((await reserve(id, { orders: [buy('1')] }, headers)).json.code).toBe('idempotency.key_reused');
    const other = { 'idempotency-key': `other-${id}` };
    const refused = await reserve(id, { orders: [order] }, other);
    expect(refused.json.code).toBe('order.duplicate');
    expect((await reserve(id, { orders: [order] }, other)).text).toBe(refused.text);
    const gap = { orders: [{ ...buy('1', 'GAP'), legs: [{ symbol: 'NOSUCH', side: 'BUY', ratioQty: '1' }] }] };
    const missing = await reserve(id, gap, { 'idempotency-key': `gap-${id}` });
    expect([missing.status, missing.json.errors[0].pointer]).toEqual([422, '/orders/0/legs/0/symbol']);
    expect((await reserve(id, gap, { 'idempotency-key': `gap-${id}` })).text).toBe(missing.text);
    const lost = await call('GET', `/v1/decisions?idempotencyKey=key-${id}`, { key: 'demo-desk' });
    expect([lost.json.status, lost.json.answer]).toEqual([201, first.json]);
    expect((await call('GET', `/v1/decisions?idempotencyKey=key-${id}`)).status).toBe(404);
    expect((await margin(id)).held).toBe('3186.00');
    const [a, b] = await Promise.all(
      [1, 2].map(() => reserve(id, { orders: [buy('1', 'SAME')] }, { 'idempotency-key': `same-${id}` })),
    );
    expect([a.status, b.status].sort()).toEqual([201, 409]);
  });

  it('keeps the limits of account, desk and firm, all at once', async () => {
    const id = await account();
    const held = (await reserve(id, { orders: [buy('100')] })).json;
    const limit = (body: object) => call('POST', '/v1/limits', { body: { reason: 'a test', ...body } });
    const own = await limit({ scope: 'ACCOUNT', subject: id, amount: '10000' });
    expect([own.status, own.json.held, own.json.room]).toEqual([201, '3186.00', '6814.00']);
    expect((await limit({ scope: 'ACCOUNT', subject: id, amount: '1' })).json.code).toBe('limit.exists');
    expect((await limit({ scope: 'FIRM', subject: id, amount: '1' })).status).toBe(400);
    const refused = (await reserve(id, { orders: [buy('300')] })).json;
    expect(refused).toMatchObject({
      decision: 'REJECT',
      reasons: [{ code: 'limit.hold_exceeded', shortfall: '2744.00' }],
    });
    const desk = await limit({ scope: 'DESK', subject: 'demo', amount: '50000000' });
    expect((await reserve(id, { orders: [buy('200')] })).json.decision).toBe('ACCEPT');
    const now = async (of: Answer) => (await call('GET', `/v1/limits/${of.json.id}`)).json;
    expect(await now(own)).toMatchObject({ held: '9558.00', used: '0.00', room: '442.00' });
    const [before] = [desk.json.held];
    expect(Number((await now(desk)).held) - Number(before)).toBeCloseTo(6372, 2);
    await fill(held.id, { execId: 'E', lastQty: '50', lastPx: '212.40' });
    expect(await now(own)).toMatchObject({ held: '7965.00', used: '1593.00', room: '442.00' });
    await call('POST', `/v1/reservations/${held.id}/cancel`, { body: {} });
    expect(await now(own)).toMatchObject({ held: '6372.00', used: '1593.00' });
    const changed = await call('PUT', `/v1/limits/${own.json.id}`, {
      body: { amount: '20000', reason: 'a new day', forgetUsed: true },
      headers: { 'if-match': '"1"' },
    });
    expect(changed.json).toMatchObject({ amount: '20000.00', held: '6372.00', used: '0.00', version: 2 });
    expect((await call('GET', '/v1/limits', { key: 'demo-desk' })).status).toBe(403);
    const all = (await call('GET', '/v1/limits')).json.items;
    expect(all).toHaveLength(2);
  });

  it('keeps a limit of the house on a symbol whichever side of its orders executes', async () => {
    const id = await account();
    const rule = { scope: 'ACCOUNT', accountId: id, symbol: 'HLVN', parameter: 'positionLimit', value: 50 };
    const since = { effectiveFrom: '2026-06-01', reason: 'a test' };
    expect((await call('POST', '/v1/house-rules', { body: { ...rule, ...since } })).status).toBe(201);
    const sell = { ...buy('60'), legs: [{ ...HLVN[0], side: 'SELL' }] };
    for (const orders of [[buy('60')], [buy('60'), sell], [buy('40'), sell]]) {
      const { json } = await reserve(id, { orders });
      expect([json.decision, json.reasons[0]?.code]).toEqual(['REJECT', 'limit.position']);
    }
    const pair = [buy('40', 'LESS-1'), buy('45', 'LESS-2')];
    expect((await reserve(id, { orders: pair })).json.decision).toBe('REJECT');
    const links = [{ listId: 'L', contingencyType: 'ONE_CANCELS_THE_OTHER', clOrdIds: ['LESS-1', 'LESS-2'] }];
    expect((await reserve(id, { orders: pair, links })).json.decision).toBe('ACCEPT');
  });

  it('is nobody else’s business, and not for accounts it cannot judge', async () => {
    const { json } = await reserve(await account(), { orders: [buy('1')] });
    await call('POST', '/v1/accounts', {
      body: {
        id: 'south-1',
        name: 'x',
        desk: 'south',
        type: 'CUSTOMER',
        methodology: 'PORTFOLIO_MARGIN',
        cash: '1',
        feed: 'demo',
      },
    });
    expect((await reserve('south-1', { orders: [buy('1')] })).status).toBe(404);
    expect((await reserve('no-such', { orders: [buy('1')] })).status).toBe(404);
    expect((await call('GET', `/v1/reservations/${json.id.replace(/.$/, 'x')}`)).status).toBe(404);
    expect((await call('GET', '/v1/accounts/demo-empty/reservations?cursor=x')).status).toBe(400);
  });
});
