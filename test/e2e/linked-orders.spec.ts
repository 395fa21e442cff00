import { documentedService } from '../support/documented-service.js';

describe('linked orders', () => {
  const { call, restart, account: opened, reserve, fill, margin } = documentedService();
  const account = (cash = '250000.00', positions: readonly object[] = []) => opened({ cash, positions });
  /** Shares at the mark: 31.86 of requirement each. */
  const trade = (clOrdId: string, side: string, orderQty: string) => ({
    ...{ clOrdId, orderQty, price: '212.40' },
    legs: [{ symbol: 'HLVN', side, ratioQty: '1' }],
  });
  const either = (...clOrdIds: string[]) => ({ listId: 'L', contingencyType: 'ONE_CANCELS_THE_OTHER', clOrdIds });
  const bracket = (...clOrdIds: string[]) => ({ listId: 'L', contingencyType: 'ONE_TRIGGERS_THE_OTHER', clOrdIds });

  it('hold the worst of those that cancel each other, not of all', async () => {
    const [id, free] = [await account(), await account()];
    const orders = [trade('A', 'BUY', '500'), trade('B', 'BUY', '300')];
    expect((await reserve(free, { orders })).json.held).toBe('25488.00');
    const { status, json } = await reserve(id, { orders, links: [either('A', 'B')], include: ['worstFill'] });
    expect([status, json.held, json.proof]).toEqual([201, '15930.00', 'EXACT']);
    expect(json.reservation.links).toEqual([either('A', 'B')]);
    expect(json.worstFill).toMatchObject({
      proof: 'EXACT',
      nothing: { filled: [], requirement: '0.00' },
      everything: { filled: ['A', 'B'], requirement: '25488.00' },
      worst: { filled: ['A'], requirement: '15930.00' },
      mostRequired: { filled: ['A'] },
      ...{ leastExcess: '234070.00', greatestRequirement: '15930.00' },
    });
    expect((await margin(id)).held).toBe('15930.00');
    expect((await call('GET', `/v1/reservations/${json.id}`)).json.links).toEqual([either('A', 'B')]);
  });

  it('let go of an order by as much as has executed of one that cancels it, and end with it', async () => {
    const id = await account();
    const orders = [trade('A', 'BUY', '500'), trade('B', 'BUY', '300')];
    const { json } = await reserve(id, { orders, links: [either('A', 'B')] });
    const first = await fill(json.id, { execId: '1', clOrdId: 'A', lastQty: '200', lastPx: '212.40' });
    expect(first.json.reservation).toMatchObject({ state: 'WORKING', held: '9558.00' });
    // 200 are held, 300 of A or 180 of B may come.
    expect(await margin(id)).toMatchObject({ requirement: '15930.00', held: '9558.00' });
    const last = await fill(json.id, { execId: '2', clOrdId: 'A', lastQty: '300', lastPx: '212.40' });
    expect(last.json.reservation).toMatchObject({ state: 'FILLED', held: '0.00' });
    expect(await margin(id)).toMatchObject({ requirement: '15930.00', held: '0.00' });
    // It has happened all the same.
    const both = await fill(json.id, { execId: '3', clOrdId: 'B', lastQty: '300', lastPx: '212.40' });
    expect(both.json).toMatchObject({ late: true, reservation: { state: 'FILLED' } });
    expect(await margin(id)).toMatchObject({ requirement: '25488.00', held: '0.00' });
  });

  it('count exits of a bracket only as far as the entry has executed', async () => {
    const [id, free] = [await account(), await account()];
    const orders = [trade('E', 'BUY', '500'), trade('X', 'SELL', '500'), trade('Y', 'SELL', '500')];
    expect((await reserve(free, { orders })).json.held).toBe('31860.00');
    const { json } = await reserve(id, { orders, links: [bracket('E', 'X', 'Y')] });
    expect([json.held, json.reservation.links]).toEqual(['15930.00', [bracket('E', 'X', 'Y')]]);
    await fill(json.id, { execId: '1', clOrdId: 'E', lastQty: '200', lastPx: '212.40' });
    expect(await margin(id)).toMatchObject({ requirement: '15930.00' });
    await fill(json.id, { execId: '2', clOrdId: 'X', lastQty: '200', lastPx: '212.40' });
    // 300 may still be bought, and are sold again at most.
    expect(await margin(id)).toMatchObject({ requirement: '9558.00', held: '9558.00' });
    await fill(json.id, { execId: '3', clOrdId: 'E', lastQty: '300', lastPx: '212.40' });
    expect(await margin(id)).toMatchObject({ requirement: '9558.00', held: '0.00' });
    const end = await fill(json.id, { execId: '4', clOrdId: 'Y', lastQty: '300', lastPx: '212.40' });
    expect(end.json.reservation).toMatchObject({
      state: 'FILLED',
      orders: [{}, { leavesQty: '300' }, { leavesQty: '200' }],
    });
  });

  it('count in what-ifs, and in a new process, and are worked out again', async () => {
    const id = await account('20000.00');
    const orders = [trade('A', 'BUY', '500'), trade('B', 'SELL', '500')];
    await reserve(id, { orders, links: [either('A', 'B')] });
    const body = { orders: [trade('T', 'SELL', '100')], include: ['worstFill'] };
    const asked = await call('POST', `/v1/accounts/${id}/what-if`, { body });
    expect(asked.json.requirement).toEqual({ before: '15930.00', after: '19116.00', change: '3186.00' });
    expect(asked.json.worstFill).toMatchObject({
      proof: 'EXACT',
      worst: { filled: ['B', 'T'], requirement: '19116.00' },
    });
    await restart();
    expect((await margin(id)).held).toBe('15930.00');
    expect((await call('POST', `/v1/accounts/${id}/what-if`, { body })).json.requirement).toEqual(
      asked.json.requirement,
    );
    const again = await call('POST', `/v1/what-ifs/${asked.json.id}/replay`);
    expect(again.text).toBe(asked.text);
    // The new order is beside the linked ones: 600 sold.
    const { json } = await reserve(id, { orders: [trade('C', 'SELL', '100')], include: ['worstFill'] });
    expect([json.decision, json.requirement.after, json.worstFill.worst.filled]).toEqual([
      'ACCEPT',
      '19116.00',
      ['B', 'C'],
    ]);
  });

  it('are asked about in a what-if without being held', async () => {
    const orders = [trade('A', 'BUY', '500'), trade('B', 'BUY', '300')];
    const include = ['worstFill'];
    const asked = await call('POST', '/v1/accounts/demo-empty/what-if', {
      body: { orders, links: [either('A', 'B')], include },
    });
    expect(asked.json.requirement.after).toBe('25488.00');
    expect(asked.json.worstFill).toMatchObject({ proof: 'EXACT', worst: { filled: ['A'], requirement: '15930.00' } });
    const account = { methodology: 'PORTFOLIO_MARGIN', cash: '1000' };
    const given = await call('POST', '/v1/what-if', { body: { account, orders, links: [bracket('A', 'B')], include } });
    expect(given.json.worstFill).toMatchObject({ worst: { filled: ['A', 'B'], requirement: '25488.00' } });
  });

  it('lower a requirement in a deficit where each of them does', async () => {
    const id = await account('-100000.00', [{ symbol: 'HLVN', quantity: '500' }]);
    const exits = [trade('A', 'SELL', '500'), trade('B', 'SELL', '500')];
    expect((await reserve(id, { orders: exits })).json.decision).toBe('REJECT');
    const linked = await reserve(id, { orders: exits, links: [either('A', 'B')] });
    expect([linked.json.decision, linked.json.riskReducing, linked.json.held]).toEqual(['ACCEPT', true, '0.00']);
    const worse = [trade('C', 'SELL', '500'), trade('D', 'BUY', '1')];
    expect((await reserve(id, { orders: worse, links: [either('C', 'D')] })).json.decision).toBe('REJECT');
  });

  it('are replaced with other links', async () => {
    const id = await account();
    const { json } = await reserve(id, { orders: [trade('A', 'BUY', '500'), trade('B', 'BUY', '300')] });
    const orders = [trade('C', 'BUY', '500'), trade('D', 'BUY', '300')];
    const replaced = await call('POST', `/v1/reservations/${json.id}/replace`, {
      body: { orders, links: [either('C', 'D')] },
    });
    expect([replaced.status, replaced.json.held]).toEqual([201, '15930.00']);
    expect((await margin(id)).held).toBe('15930.00');
  });

  it('are refused where they name what is not there, or an order twice', async () => {
    const orders = [trade('A', 'BUY', '1'), trade('B', 'BUY', '1'), trade('C', 'BUY', '1')];
    const faults = async (...links: object[]) => {
      const { status, json } = await reserve('demo-empty', { orders, links });
      return [
        status,
        ...json.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${code} ${pointer}`),
      ];
    };
    expect(await faults(either('A', 'N'))).toEqual([400, 'order.unknown /links/0/clOrdIds/1']);
    expect(await faults(either('A', 'B'), bracket('B', 'C'))).toEqual([
      400,
      'field.duplicate /links/1/listId',
      'link.order_twice /links/1/clOrdIds/0',
    ]);
    expect(await faults(either('A', 'A'))).toEqual([400, 'link.order_twice /links/0/clOrdIds/1']);
    expect((await faults(either('A')))[0]).toBe(400);
  });
});
