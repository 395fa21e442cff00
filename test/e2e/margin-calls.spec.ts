import { documentedService } from '../support/documented-service.js';
import type { Answer, Call } from '../support/service.js';

const documented = documentedService();
const { call } = documented;

async function problem(status: number, method: string, path: string, asked?: Call): Promise<string> {
  const answer = await call(method, path, asked);
  expect([path, answer.status]).toEqual([path, status]);
  return answer.json.code;
}

const version = (tag: number): Record<string, string> => ({ 'if-match': `"${tag}"` });

async function pay(account: string, at: number, movementId: string, amount: string): Promise<Answer> {
  const body = { movementId, amount, reason: 'a test' };
  return call('POST', `/v1/accounts/${account}/cash-movements`, { headers: version(at), body });
}

/** Buys (+) or sells so many shares of HLVN; the decision and what it was for. */
async function judged(account: string, shares: number): Promise<readonly [string, ...string[]]> {
  const side = shares > 0 ? 'BUY' : 'SELL';
  const legs = [{ symbol: 'HLVN', side, ratioQty: '1' }];
  const order = { clOrdId: 'A', orderQty: String(Math.abs(shares)), price: '212.40', legs };
  const { json } = await call('POST', `/v1/accounts/${account}/what-if`, { body: { orders: [order], include: [] } });
  return [json.decision, ...json.reasons.map(({ code }: { code: string }) => code)];
}

/** Opens an account with 5,000 shares, which are worth 1,062,000.00 and require 15 % of it. */
async function open(id: string, cash: string): Promise<void> {
  const known = { id, name: id, desk: 'demo', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN', feed: 'demo' };
  const positions = [{ symbol: 'HLVN', quantity: '5000' }];
  expect((await call('POST', '/v1/accounts', { body: { ...known, cash, positions } })).status).toBe(201);
}

async function review(account: string): Promise<readonly Record<string, string>[]> {
  return (await call('POST', '/v1/margin-calls/review', { body: { accountId: account } })).json.items;
}

describe('the demo', () => {
  it('has an open and an overdue call, each with its history', async () => {
    const overdue = await call('GET', '/v1/margin-calls?status=OVERDUE', { key: 'demo-desk' });
    expect(overdue.json.items).toMatchObject([
      {
        ...{ accountId: 'demo-call-overdue', kind: 'MARGIN_DEFICIENCY', status: 'OVERDUE', amount: '9300.00' },
        ...{ openedAmount: '19500.00', openedOn: '2026-06-05', dueOn: '2026-06-10', closedOn: null, metBy: [] },
      },
    ]);
    const found = await call('GET', `/v1/margin-calls/${overdue.json.items[0].id}`);
    expect(found.headers.get('etag')).toBe('"2"');
    expect(found.json.history).toMatchObject([
      { number: 1, type: 'OPENED', happenedOn: '2026-06-05', amount: '19500.00', causes: [] },
      { number: 2, type: 'OVERDUE', happenedOn: '2026-06-12', amount: '9300.00', causes: ['MARKET'] },
    ]);
    const open = await call('GET', '/v1/accounts/demo-in-deficit/margin-calls?status=OPEN');
    expect(open.json.items[0]).toMatchObject({ openedOn: '2026-06-12', dueOn: '2026-06-17', status: 'OPEN' });
  });

  it('shows a desk its own calls only, page by page', async () => {
    const all: string[] = [];
    for (let cursor = ''; cursor !== null;) {
      const { json } = await call('GET', `/v1/margin-calls?limit=1${cursor && `&cursor=${cursor}`}`);
      all.push(...json.items.map(({ id }: { id: string }) => id));
      cursor = json.nextCursor;
    }
    expect(all.length).toBeGreaterThanOrEqual(2);
    expect((await call('GET', '/v1/margin-calls?desk=demo')).json.items).toHaveLength(all.length);
    expect((await call('GET', '/v1/margin-calls?desk=other', { key: 'demo-desk' })).json.items).toEqual([]);
    const foreign = { key: 'demo-desk' };
    expect(await problem(404, 'GET', '/v1/accounts/demo-other-desk/margin-calls', foreign)).toBe('resource.not_found');
    expect(await problem(404, 'GET', '/v1/margin-calls/none')).toBe('resource.not_found');
  });
});

describe('an overdue call', () => {
  it('bars what does not lower the requirement; extending it lifts the bar', async () => {
    expect(await judged('demo-call-overdue', 100)).toEqual(['REJECT', 'limit.excess_exceeded', 'margin_call.overdue']);
    expect(await judged('demo-call-overdue', -100)).toEqual(['ACCEPT', 'risk_reducing.accepted_in_deficit']);
    const { json } = await call('GET', '/v1/margin-calls?account=demo-call-overdue');
    const [{ id }] = json.items;
    const extend = `/v1/margin-calls/${id}/extend`;
    const body = { dueOn: '2026-06-16', reason: 'Wire under way.' };
    expect(await problem(403, 'POST', extend, { key: 'demo-desk', body, headers: version(2) })).toBe('auth.forbidden');
    expect(await problem(428, 'POST', extend, { body })).toBe('precondition.required');
    expect(await problem(412, 'POST', extend, { body, headers: version(1) })).toBe('precondition.failed');
    for (const dueOn of ['2026-06-10', '2026-06-13', '2026-06-19']) {
      const asked = { body: { ...body, dueOn }, headers: version(2) };
      expect(await problem(400, 'POST', extend, asked)).toBe('request.invalid');
    }
    const extended = await call('POST', extend, { body, headers: version(2) });
    expect(extended.json).toMatchObject({ status: 'OPEN', dueOn: '2026-06-16', version: 3 });
    expect(extended.json.history.at(-1)).toMatchObject({ type: 'EXTENDED', reason: 'Wire under way.' });
    expect(await judged('demo-call-overdue', 100)).toEqual(['REJECT', 'limit.excess_exceeded']);
  });

  it('bars an account that has excess again until a valuation finds it met', async () => {
    await open('calls-1', '-912000.00');
    const [{ id }] = await review('calls-1');
    // As if it had been opened a week before.
    const { pool } = documented.service.database;
    await pool.query(`UPDATE margin_calls SET opened_on = '2026-06-05', due_on = '2026-06-10' WHERE id = $1`, [id]);
    await pool.query('UPDATE accounts SET cash = cash + 200000, version = version + 1 WHERE id = $1', ['calls-1']);
    expect(await judged('calls-1', 10)).toEqual(['REJECT', 'margin_call.overdue']);
    expect(await judged('calls-1', -10)).toEqual(['ACCEPT']);
    expect(await review('calls-1')).toEqual([]);
    expect(await judged('calls-1', 10)).toEqual(['ACCEPT']);
    const { json } = await call('GET', `/v1/margin-calls/${id}`);
    expect(json).toMatchObject({ status: 'MET', amount: '0.00', metBy: ['TRADES'] });
    const closed = { body: { reason: 'x' }, headers: version(json.version) };
    expect(await problem(409, 'POST', `/v1/margin-calls/${id}/waive`, closed)).toBe('margin_call.not_open');
  });

  it('is waived with a reason', async () => {
    await open('calls-2', '-912000.00');
    const [{ id }] = await review('calls-2');
    const waived = await call('POST', `/v1/margin-calls/${id}/waive`, {
      body: { reason: 'Agreed.' },
      headers: version(1),
    });
    expect(waived.json).toMatchObject({ status: 'WAIVED', amount: '9300.00', version: 2 });
    expect(await review('calls-2')).toMatchObject([{ id, status: 'WAIVED' }]);
  });
});

describe('cash movements', () => {
  it('meet a call at once where they are enough', async () => {
    await open('calls-3', '-912000.00');
    const [{ id }] = await review('calls-3');
    const small = await pay('calls-3', 1, 'W-1', '300');
    expect([small.status, small.headers.get('etag'), small.json.amount]).toEqual([201, '"2"', '300.00']);
    expect((await call('GET', `/v1/margin-calls/${id}`)).json).toMatchObject({ status: 'OPEN', amount: '9000.00' });
    await pay('calls-3', 2, 'W-2', '9000.00');
    expect((await call('GET', `/v1/margin-calls/${id}`)).json).toMatchObject({
      ...{ status: 'MET', closedOn: '2026-06-12', metBy: ['DEPOSIT'] },
      history: [{ type: 'OPENED' }, { type: 'CHANGED', deposits: '300.00' }, { type: 'MET', deposits: '9000.00' }],
    });
  });

  it('happen once an id, on the version they are based on', async () => {
    await open('calls-4', '-812000.00');
    const first = await pay('calls-4', 1, 'W-1', '5.25');
    const again = await pay('calls-4', 1, 'W-1', '5.25');
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.json).toEqual(first.json);
    expect((await pay('calls-4', 2, 'W-1', '5.26')).json.code).toBe('cash_movement.exists');
    expect((await pay('calls-4', 1, 'W-2', '1')).json.code).toBe('precondition.failed');
    expect((await call('GET', '/v1/accounts/calls-4')).json).toMatchObject({ cash: '-811994.75', version: 2 });
    const path = '/v1/accounts/calls-4/cash-movements';
    expect((await call('GET', `${path}?limit=1`)).json).toMatchObject({ items: [first.json], nextCursor: null });
    expect(await problem(404, 'GET', '/v1/accounts/none/cash-movements')).toBe('resource.not_found');
    expect((await pay('calls-4', 2, 'W-3', '0.001')).json.errors[0].code).toBe('cash_movement.fraction_of_cent');
    expect((await pay('calls-4', 2, 'W-3', '0')).json.code).toBe('request.invalid');
  });

  it('pay out only what equity exceeds the requirement and the minimum equity by', async () => {
    // 1,062,000 of shares, 15 % of them required: 159,300; 250,000 of equity.
    await open('calls-5', '-812000.00');
    const over = await pay('calls-5', 1, 'W-1', '-90700.01');
    expect([over.status, over.json.code]).toEqual([409, 'cash_movement.exceeds_excess']);
    expect((await pay('calls-5', 1, 'W-1', '-90700.00')).status).toBe(201);
    expect((await call('GET', '/v1/accounts/calls-5/margin')).json.excess).toBe('0.00');
    // Its equity of 92,400 covers the requirement, and is under the minimum.
    expect((await pay('demo-long-stock', 1, 'W-1', '-1')).json.code).toBe('cash_movement.exceeds_excess');
    expect((await pay('demo-empty', 1, 'W-1', '-250000')).status).toBe(201);
    expect((await pay('demo-stale-symbol', 1, 'W-1', '-1')).json.code).toBe('margin.not_computable');
  });
});
