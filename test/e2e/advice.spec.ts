import { DEMO_EXAMPLES } from '../../apps/api/src/console/demo-examples.js';
import { documentedService } from '../support/documented-service.js';

const CALL = 'HLVN  260717C00225000';
const cents = (text: string): number => Math.round(Number(text) * 100);
const total = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + cents(text), 0);

describe('advice', () => {
  const documented = documentedService();
  const { call } = documented;
  const post = (path: string, body: unknown) => call('POST', path, { key: 'demo-desk', body });

  it.each([
    ['/v1/accounts/{accountId}/max-quantity', '/v1/accounts/demo-empty/max-quantity'],
    ['/v1/max-quantity', '/v1/max-quantity'],
    ['/v1/accounts/{accountId}/hedges', '/v1/accounts/demo-in-deficit/hedges'],
    ['/v1/hedges', '/v1/hedges'],
    ['/v1/accounts/{accountId}/explanations', '/v1/accounts/demo-covered-call/explanations'],
  ])('%s answers its examples as printed', async (pattern, path) => {
    const { examples } = documented.api.document.paths[pattern].post.requestBody.content['application/json'];
    for (const { value } of Object.values<{ value: unknown }>(examples)) {
      const { status, json } = await post(path, value);
      expect([path, status, json.errors]).toEqual([path, 200, undefined]);
    }
  });

  describe('how many would pass', () => {
    const path = '/v1/accounts/demo-empty/max-quantity';
    const shares = { price: '212.40', legs: [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }] };

    it('of shares is what equity covers at 15 %, and one more is refused as a what-if refuses it', async () => {
      const { json } = await post(path, { order: shares });
      expect(json.intervals).toEqual([{ from: '1', to: '7846' }]);
      expect(json.largest).toMatchObject({ orderQty: '7846', excess: { before: '250000.00', after: '26.44' } });
      expect(json.refused).toMatchObject({
        orderQty: '7847',
        reasons: [{ code: 'limit.excess_exceeded', shortfall: '5.42' }],
        binding: { classGroup: 'HLVN', rule: 'SCAN_LOSS', worst: { priceMove: -0.15, volMove: 0 } },
      });
      for (const [orderQty, decision] of [
        ['7846', 'ACCEPT'],
        ['7847', 'REJECT'],
      ]) {
        const orders = [{ clOrdId: '1', orderQty, ...shares }];
        const asked = await post('/v1/accounts/demo-empty/what-if', { orders });
        expect([orderQty, asked.json.decision]).toEqual([orderQty, decision]);
      }
    });

    it('ends at what was asked for', async () => {
      const { json } = await post(path, { order: shares, most: 100 });
      expect([json.intervals, json.refused, json.most]).toEqual([[{ from: '1', to: '100' }], null, '100']);
    });

    it('is refused by name: an unknown leg, a negative price', async () => {
      const leg = { ...shares.legs[0], symbol: 'NOSUCH' };
      expect((await post(path, { order: { legs: [leg] } })).json.errors).toMatchObject([
        { pointer: '/order/legs/0/symbol', code: 'symbol.unknown' },
      ]);
      expect((await post(path, { order: { ...shares, price: -1 } })).json.errors).toMatchObject([
        { pointer: '/order/price', code: 'order.price_negative' },
      ]);
    });

    it('is told of a REG_T account as its what-if would judge each number', async () => {
      const account = { methodology: 'REG_T', cash: '50000.00' };
      // 106.20 of 212.40 are required of each share.
      const given = (await post('/v1/max-quantity', { account, order: shares })).json;
      expect(given).toMatchObject({
        ...{ intervals: [{ from: '1', to: '470' }], undecided: [] },
        largest: { orderQty: '470', excess: { after: '86.00' } },
        refused: { orderQty: '471', reasons: [{ code: 'limit.excess_exceeded', shortfall: '20.20' }], binding: null },
      });
      const call = { symbol: 'HLVN  260717C00225000', side: 'SELL', ratioQty: '1' };
      const written = { account: { ...account, cash: '-20000.00' }, positions: [{ symbol: 'HLVN', quantity: '300' }] };
      const { intervals, undecided } = (
        await post('/v1/max-quantity', { ...written, order: { legs: [call] }, most: 60 })
      ).json;
      expect(undecided).toEqual([]);
      const passing: number[] = [];
      for (let units = 1; units <= 60; units++) {
        const order = { clOrdId: 'n', orderQty: units, legs: [call] };
        if ((await post('/v1/what-if', { ...written, orders: [order] })).json.decision === 'ACCEPT')
          passing.push(units);
      }
      const listed = intervals.flatMap(({ from, to }: { from: string; to: string }) =>
        Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i),
      );
      expect(listed).toEqual(passing);
    });
  });

  describe('the hedge', () => {
    it('cures the deficit when its orders are sent', async () => {
      const { json } = await post('/v1/accounts/demo-in-deficit/hedges', {});
      expect(json).toMatchObject({ reached: true, decision: 'ACCEPT', wantedExcess: '0.00' });
      const orders = json.orders.map(({ clOrdId, orderQty, price, legs }: Record<string, unknown>) => ({
        ...{ clOrdId, orderQty, price, legs },
      }));
      const sent = await post('/v1/accounts/demo-in-deficit/what-if', { orders });
      expect(sent.json.excess).toEqual(json.excess);
      expect(cents(sent.json.excess.after)).toBeGreaterThanOrEqual(0);
    });

    it('pays the far side of a quote', async () => {
      const instruments = [{ symbol: 'NVRD  260717C00520000', bid: '17.10', ask: '17.40' }];
      const { json } = await post('/v1/accounts/demo-in-deficit/hedges', { instruments });
      const [order] = json.orders;
      expect(order).toMatchObject({ price: '17.4', priceFrom: 'ASK', legs: [{ side: 'BUY' }] });
      expect(cents(order.cost)).toBe(Number(order.orderQty) * 1_500);
      expect(json.cost).toBe(order.cost);
    });

    it('says so where nothing reaches what is wanted, and refuses two aims', async () => {
      const body = { free: '100000.00', instruments: [{ symbol: CALL }], mostLots: 1 };
      expect((await post('/v1/accounts/demo-long-stock/hedges', body)).json).toMatchObject({
        reached: false,
        optimal: false,
        considered: [CALL],
      });
      const both = await post('/v1/accounts/demo-long-stock/hedges', { free: 1, excess: 1 });
      expect(both.json.errors).toMatchObject([{ pointer: '/free', code: 'hedge.two_aims' }]);
    });
  });

  describe('why it changed', () => {
    const path = '/v1/accounts/demo-covered-call/explanations';

    it('adds up, and is the positions where only they did', async () => {
      const positions = [{ symbol: 'BRWK', quantity: '1000' }];
      const { json } = await post(path, { from: { date: '2026-06-12', positions } });
      for (const amount of ['requirement', 'equity', 'excess']) {
        const causes = json.causes.map((cause: Record<string, string>) => cause[amount]);
        expect(total(causes)).toBe(cents(json.to[amount]) - cents(json.from[amount]));
        const others = json.causes.filter(({ cause }: { cause: string }) => cause !== 'POSITIONS');
        expect(others.map((cause: Record<string, string>) => cause[amount])).toEqual(others.map(() => '0.00'));
      }
      const margin = await call('GET', '/v1/accounts/demo-covered-call/margin', { key: 'demo-desk' });
      expect(json.to).toMatchObject({ requirement: margin.json.requirement, equity: margin.json.equity });
    });

    it('starts from what a what-if was judged on: its positions, its working orders, its rules', async () => {
      const account = '/v1/accounts/demo-empty';
      const order = { clOrdId: 'E-1', orderQty: '10', legs: [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }] };
      const before = await post(`${account}/what-if`, { orders: [] });
      expect((await post(`${account}/reservations`, { orders: [order] })).status).toBe(201);
      const held = await post(`${account}/what-if`, { orders: [] });
      const body = { from: { whatIfId: before.json.id }, to: { whatIfId: held.json.id } };
      const { json } = await post(`${account}/explanations`, body);
      expect(json.from.requirement).toBe('0.00');
      expect(json.to.requirement).toBe(held.json.requirement.before);
      const [holds] = json.causes.filter(({ cause }: { cause: string }) => cause === 'HOLDS');
      expect(holds.requirement).toBe(json.to.requirement);
    });

    it('is told of a REG_T account under its own rules, working orders included', async () => {
      const account = '/v1/accounts/demo-reg-t';
      const { json } = await post(`${account}/explanations`, { from: { date: '2026-06-12' } });
      const causes: { cause: string; requirement: string; equity: string; excess: string }[] = json.causes;
      for (const amount of ['requirement', 'equity', 'excess'] as const) {
        expect(total(causes.map((each) => each[amount]))).toBe(cents(json.to[amount]) - cents(json.from[amount]));
      }
      const now = await call('GET', `${account}/margin`);
      expect([json.to.requirement, json.to.equity]).toEqual([now.json.requirement, now.json.equity]);

      const before = await post(`${account}/what-if`, { orders: [] });
      const legs = [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }];
      const order = { clOrdId: 'WHY-REG-T', orderQty: '10', price: '212.40', legs };
      expect((await post(`${account}/reservations`, { orders: [order] })).status).toBe(201);
      const held = await post(`${account}/explanations`, { from: { whatIfId: before.json.id } });
      const [holds] = held.json.causes.filter(({ cause }: { cause: string }) => cause === 'HOLDS');
      expect([holds.requirement, holds.equity]).toEqual(['1062.00', '0.00']);
    });

    it('is asked about a what-if as well, but not about two times at once', async () => {
      const { json } = await post('/v1/accounts/demo-covered-call/what-if', { orders: [] });
      const same = await post(path, { from: { whatIfId: json.id } });
      expect([same.status, same.json.from.excess]).toEqual([200, json.excess.before]);
      const twice = await post(path, { from: { whatIfId: json.id, date: '2026-06-12' } });
      expect(twice.json.errors).toMatchObject([{ pointer: '/from/whatIfId', code: 'explanation.two_times' }]);
      expect((await post(path, { from: { whatIfId: 'none' } })).status).toBe(404);
      expect((await post(path, { from: { date: '1999-01-04' } })).json.code).toBe('snapshot.missing');
    });
  });

  describe('a what-if', () => {
    const orders = [
      { clOrdId: 'A', orderQty: '10', price: '2.73', legs: [{ symbol: CALL, side: 'SELL', ratioQty: '1' }] },
      { clOrdId: 'B', orderQty: '300', legs: [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }] },
    ];

    it('says whose the change is, to the cent', async () => {
      const { json } = await post('/v1/accounts/demo-long-stock/what-if', { orders, include: ['attribution'] });
      const { attribution, requirement } = json;
      expect(attribution.requirement).toBe(requirement.change);
      const shares = attribution.orders.map((order: { requirement: string }) => order.requirement);
      expect(total(shares)).toBe(cents(requirement.change));
      // Calls on shares held lower the requirement, further shares raise it: the methodology's example.
      expect(shares).toEqual(['-2709.71', '9558.01']);
      expect(attribution.classGroups).toMatchObject([{ classGroup: 'HLVN', requirement: requirement.change }]);
    });

    it('says how far it is to trouble, before and after', async () => {
      const body = { orders, include: ['distance'] };
      const { json } = await post('/v1/accounts/demo-long-stock/what-if', body);
      const [{ classGroup, before, after }] = json.distance;
      expect(classGroup).toBe('HLVN');
      expect([before, after]).toEqual([
        { down: -0.335327, up: null },
        { down: -0.228852, up: null },
      ]);
    });

    it('ranks alternatives by what they add to the requirement', async () => {
      const alternatives = [
        { id: 'only-calls', orders: [orders[0]] },
        { id: 'only-shares', orders: [orders[1]] },
        { id: 'nothing', orders: [] },
      ];
      const { json } = await post('/v1/accounts/demo-long-stock/what-if', { orders, alternatives });
      const ranked = [{ id: 'orders', rank: json.rank, requirement: json.requirement }, ...json.alternatives];
      const inOrder = ranked.toSorted((a, b) => a.rank - b.rank);
      expect(inOrder.map(({ id }) => id)).toEqual(['only-calls', 'nothing', 'orders', 'only-shares']);
      const changes = inOrder.map(({ requirement }) => Number(requirement.change));
      expect(changes).toEqual(changes.toSorted((a, b) => a - b));
      const alone = await post('/v1/accounts/demo-long-stock/what-if', { orders: [orders[0]] });
      expect(json.alternatives[0].requirement).toEqual(alone.json.requirement);
    });

    it('puts the strangle with wings first, as its example says', async () => {
      const { request } = DEMO_EXAMPLES.find(({ name }) => name === 'alternatives')!;
      const { json } = await post('/v1/accounts/demo-empty/what-if', request);
      expect([json.rank, json.alternatives[0].rank]).toEqual([2, 1]);
    });

    it('lists what is missing in every alternative', async () => {
      const leg = { symbol: 'NOSUCH', side: 'BUY', ratioQty: 1 };
      const alternatives = [
        { id: 'a', orders: [{ clOrdId: '1', orderQty: 1, legs: [leg] }] },
        { id: 'a', orders: [] },
      ];
      const twice = await post('/v1/accounts/demo-empty/what-if', { orders, alternatives });
      expect(twice.json.errors).toMatchObject([{ pointer: '/alternatives/1/id', code: 'field.duplicate' }]);
      const missing = await post('/v1/accounts/demo-empty/what-if', { orders, alternatives: [alternatives[0]] });
      expect(missing.json.errors).toMatchObject([
        { pointer: '/alternatives/0/orders/0/legs/0/symbol', code: 'symbol.unknown' },
      ]);
    });
  });
});
