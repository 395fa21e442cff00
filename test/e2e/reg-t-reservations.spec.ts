import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Database } from '@app/store';
import { configuration } from '../../apps/api/src/config.js';
import { openApplication } from '../../apps/api/src/service.js';
import { documentedService } from '../support/documented-service.js';
import { answered } from '../support/service.js';

const CALL = 'HLVN  260717C00225000';
const HIGHER_CALL = 'HLVN  260717C00235000';

describe('reservations under Reg T', () => {
  const documented = documentedService();
  const { call, restart, reserve, fill, margin } = documented;
  let next = 0;
  const account = (cash = '50000.00', positions: readonly object[] = []) =>
    documented.account({ methodology: 'REG_T', cash, positions });
  const order = (clOrdId: string, orderQty: string, price: string | null, ...legs: (readonly [string, string])[]) => ({
    ...{ clOrdId, orderQty, price },
    legs: legs.map(([side, symbol]) => ({ side, symbol, ratioQty: '1' })),
  });
  /** Shares at the mark: half of each is required. */
  const buy = (orderQty: string, clOrdId = `B-${++next}`) => order(clOrdId, orderQty, '212.40', ['BUY', 'HLVN']);
  const whatIf = async (id: string, orders: readonly object[], more = {}) =>
    (await call('POST', `/v1/accounts/${id}/what-if`, { body: { orders, ...more } })).json;

  it('hold what the orders would take from excess, and every answer counts it', async () => {
    const id = await account();
    const { status, json } = await reserve(id, { orders: [buy('200', 'A')], include: ['worstFill'] });
    expect([status, json.methodology, json.decision, json.held, json.proof]).toEqual([
      ...[201, 'REG_T', 'ACCEPT', '21240.00', 'EXACT'],
    ]);
    expect(json.excess).toEqual({ before: '50000.00', after: '28760.00', change: '-21240.00' });
    expect(json.worstFill).toMatchObject({
      ...{ proof: 'EXACT', leastExcess: '28760.00', nothing: { filled: [], requirement: '0.00' } },
      worst: { filled: ['A'], requirement: '21240.00', equity: '50000.00' },
    });
    expect(await margin(id)).toMatchObject({ requirement: '21240.00', held: '21240.00', excess: '28760.00' });
    const asked = await whatIf(id, [buy('100')]);
    expect(asked.requirement).toEqual({ before: '21240.00', after: '31860.00', change: '10620.00' });
    expect(asked.decision).toBe('ACCEPT');
    expect((await whatIf(id, [buy('300')])).decision).toBe('REJECT');
    const refused = await reserve(id, { orders: [buy('300')] });
    expect([refused.status, refused.json.reasons]).toMatchObject([
      200,
      [{ code: 'limit.excess_exceeded', shortfall: '3100.00' }],
    ]);
    const out = { movementId: 'c-1', amount: '-28760.01', reason: 'a test' };
    const etag = async () => ({ 'if-match': (await call('GET', `/v1/accounts/${id}`)).headers.get('etag')! });
    const paid = await call('POST', `/v1/accounts/${id}/cash-movements`, { body: out, headers: await etag() });
    expect(paid.json.code).toBe('cash_movement.exceeds_excess');
  });

  it('turn into positions, and end', async () => {
    const id = await account();
    const { json } = await reserve(id, { orders: [buy('200', 'A')] });
    const first = await fill(json.id, { execId: '1', lastQty: '50', lastPx: '212.00' });
    expect(first.json).toMatchObject({ late: false, reservation: { state: 'WORKING', held: '15930.00' } });
    expect(await margin(id)).toMatchObject({ requirement: '21240.00', held: '15930.00' });
    expect((await fill(json.id, { execId: '2', lastQty: '150', lastPx: '212.40' })).json.reservation.state).toBe(
      'FILLED',
    );
    expect(await margin(id)).toMatchObject({ requirement: '21240.00', held: '0.00', equity: '50020.00' });
    const other = await reserve(id, { orders: [buy('10', 'C')] });
    expect((await call('POST', `/v1/reservations/${other.json.id}/cancel`, { body: {} })).json.state).toBe('CANCELLED');
    expect((await margin(id)).held).toBe('0.00');
  });

  it('do not hold a spread as if its legs were alone, nor a covered call as if the shares were gone', async () => {
    const spread = order('S', '10', null, ['BUY', CALL], ['SELL', HIGHER_CALL]);
    const id = await account();
    const asked = await whatIf(id, [spread]);
    const held = (await reserve(id, { orders: [spread] })).json;
    expect([held.decision, held.excess.change]).toEqual(['ACCEPT', asked.excess.change]);

    const writer = await account('0.00', [
      { symbol: 'HLVN', quantity: '300' },
      { symbol: CALL, quantity: '-3' },
    ]);
    const back = await reserve(writer, { orders: [order('C', '3', null, ['BUY', CALL])], include: ['worstFill'] });
    expect([back.json.decision, back.json.proof]).toEqual(['ACCEPT', 'EXACT']);
    const sale = await reserve(writer, { orders: [order('D', '300', '212.40', ['SELL', 'HLVN'])] });
    // Uncovered calls are left where only the shares are sold.
    expect([sale.json.proof, Number(sale.json.held) > 1_000]).toEqual(['EXACT', true]);
  });

  it('leave less to be bought', async () => {
    const id = await account();
    await reserve(id, { orders: [buy('100')] });
    const { legs, price } = buy('1');
    const { json } = await call('POST', `/v1/accounts/${id}/max-quantity`, { body: { order: { legs, price } } });
    expect([json.intervals, json.undecided]).toEqual([[{ from: '1', to: '370' }], []]);
    expect(json.largest.requirement).toEqual({ before: '10620.00', after: '49914.00', change: '39294.00' });
    expect((await whatIf(id, [buy('370')])).decision).toBe('ACCEPT');
    expect((await whatIf(id, [buy('371')])).decision).toBe('REJECT');
  });

  it('hold the worst that links allow', async () => {
    const orders = [buy('100', 'A'), buy('200', 'B')];
    const links = [{ listId: 'L', contingencyType: 'ONE_CANCELS_THE_OTHER', clOrdIds: ['A', 'B'] }];
    const [id, free] = [await account(), await account()];
    expect((await reserve(free, { orders })).json.held).toBe('31860.00');
    const linked = await reserve(id, { orders, links });
    expect([linked.json.held, linked.json.proof]).toEqual(['21240.00', 'EXACT']);
    await fill(linked.json.id, { execId: '1', clOrdId: 'A', lastQty: '50', lastPx: '212.40' });
    // Half of the other is left.
    expect(await margin(id)).toMatchObject({ requirement: '15930.00', held: '10620.00' });
  });

  it('are one decision a time, however many ask at once and of however many processes', async () => {
    const id = await account('50000.00');
    const database = await Database.open(documented.service.databaseUrl);
    const second = await openApplication(configuration({ PORT: '0', LOG_LEVEL: 'silent' }), database, true);
    await second.listen(0, '127.0.0.1');
    const other = `http://127.0.0.1:${((second.getHttpServer() as Server).address() as AddressInfo).port}`;
    const asked = Array.from({ length: 16 }, (_, i) => {
      const body = { orders: [buy('100')] };
      if (i % 2 === 0) return reserve(id, body);
      return answered(`${other}/v1/accounts/${id}/reservations`, 'POST', { key: 'demo-desk', body });
    });
    const answers = await Promise.all(asked);
    await second.close();
    await database.close();
    expect(answers.filter(({ json }) => json.decision === 'ACCEPT')).toHaveLength(4);
    expect((await margin(id)).held).toBe('42480.00');
    const headers = { 'idempotency-key': `key-${id}` };
    const body = { orders: [buy('1')] };
    const first = await reserve(id, body, headers);
    expect((await reserve(id, body, headers)).text).toBe(first.text);
  });

  it('keep the limits, are replaced, and count in a new process and in replays', async () => {
    const id = await account();
    const limit = { scope: 'ACCOUNT', subject: id, amount: '15000', reason: 'a test' };
    await call('POST', '/v1/limits', { body: limit });
    const { json } = await reserve(id, { orders: [buy('100')] });
    const refused = (await reserve(id, { orders: [buy('100')] })).json;
    expect(refused).toMatchObject({
      decision: 'REJECT',
      reasons: [{ code: 'limit.hold_exceeded', shortfall: '6240.00' }],
    });
    const replaced = await call('POST', `/v1/reservations/${json.id}/replace`, { body: { orders: [buy('140')] } });
    expect([replaced.status, replaced.json.held]).toEqual([201, '14868.00']);
    const asked = await call('POST', `/v1/accounts/${id}/what-if`, {
      body: { orders: [buy('10')], include: ['regT', 'worstFill'] },
    });
    expect(asked.json.worstFill.leastExcess).toBe('34070.00');
    await restart();
    expect((await margin(id)).held).toBe('14868.00');
    expect((await call('POST', `/v1/what-ifs/${asked.json.id}/replay`)).text).toBe(asked.text);
    await call('POST', `/v1/reservations/${replaced.json.id}/expire`, { body: {} });
    expect((await call('POST', `/v1/what-ifs/${asked.json.id}/replay`)).text).toBe(asked.text);
  });

  it('of a large book do not hold up others', async () => {
    const { rows } = await documented.service.database.pool.query<{ symbol: string }>(
      `SELECT symbol FROM instruments WHERE root = 'MDX' ORDER BY md5(symbol) LIMIT 120`,
    );
    const positions = rows.map(({ symbol }, i) => ({
      symbol,
      quantity: String((1 + (i % 5)) * (i % 2 === 0 ? 1 : -1)),
    }));
    const id = await account('90000000.00', positions);
    const check = (clOrdId: string) => reserve(id, { orders: [order(clOrdId, '3', null, ['BUY', rows[3].symbol])] });
    // From now on the account is at hand: nothing is read before it is judged.
    expect((await check('A')).json.decision).toBe('ACCEPT');
    const asked = check('B');
    let isOver = false;
    void asked.finally(() => (isOver = true));
    let others = 0;
    while (!isOver) {
      await call('GET', '/v1/accounts/demo-empty');
      if (!isOver) others++;
    }
    expect((await asked).json.decision).toBe('ACCEPT');
    expect(others).toBeGreaterThan(4);
  }, 120_000);

  it('let what lowers the requirement pass in a deficit', async () => {
    const id = await account('-70000.00', [{ symbol: 'HLVN', quantity: '400' }]);
    expect(Number((await margin(id)).excess)).toBeLessThan(0);
    const sale = await reserve(id, { orders: [order('A', '100', '212.40', ['SELL', 'HLVN'])] });
    expect(sale.json).toMatchObject({ decision: 'ACCEPT', riskReducing: true, held: '0.00' });
    expect((await reserve(id, { orders: [buy('1')] })).json.decision).toBe('REJECT');
  });

  it('say what is missing', async () => {
    const id = await account();
    const gap = await reserve(id, { orders: [order('A', '1', null, ['BUY', 'NOSUCH'])] });
    expect([gap.status, gap.json.errors[0].pointer]).toEqual([422, '/orders/0/legs/0/symbol']);
  });
});
