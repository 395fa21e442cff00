import { type DemoService, startDemoService } from '../support/demo-service.js';

const PATH = (account: string): string => `/v1/accounts/${account}/what-if`;
const order = (symbol: string, side: string, orderQty: string) => ({
  clOrdId: `${side}-${symbol}-${orderQty}`,
  ...{ orderQty, legs: [{ symbol, side, ratioQty: '1' }] },
});

describe('a stored what-if worked out again', () => {
  let service: DemoService;

  beforeAll(async () => {
    service = await startDemoService();
  });
  afterAll(() => service.close());

  const asked = async (account: string, body: object): Promise<{ id: string; text: string }> => {
    const { status, text } = await service.call('POST', PATH(account), { body });
    expect({ status, text }).toEqual({ status: 200, text });
    return { id: (JSON.parse(text) as { id: string }).id, text };
  };
  const replayed = (id: string, query = '', key?: string) =>
    service.call('POST', `/v1/what-ifs/${id}/replay${query}`, key === undefined ? {} : { key });

  it('has the same bytes, whatever has changed since', async () => {
    const include = ['classGroups', 'scenarios', 'positions', 'regulatory', 'regT', 'attribution'];
    const answers = [
      await asked('demo-covered-call', { orders: [order('BRWK', 'SELL', '100')], include }),
      await asked('demo-market-maker', { orders: [order('HLVN', 'BUY', '10')], include: include.slice(0, 4) }),
      await asked('demo-reg-t', { orders: [order('HLVN', 'BUY', '10')] }),
      await asked('demo-call-overdue', { orders: [order('HLVN', 'BUY', '10')] }),
    ];
    const held = await service.call('POST', '/v1/accounts/demo-empty/reservations', {
      body: { orders: [order('HLVN', 'BUY', '50')], validSeconds: 300 },
    });
    expect(held.status).toBe(201);
    answers.push(await asked('demo-empty', { orders: [order('HLVN', 'BUY', '10')] }));

    const rule = {
      ...{ scope: 'FIRM', productClass: 'EQUITY', parameter: 'minimumCharge', value: 1 },
      ...{ effectiveFrom: '2026-06-01', reason: 'Replays are not touched' },
    };
    expect((await service.call('POST', '/v1/house-rules', { key: 'demo-risk', body: rule })).status).toBe(201);
    const { reservation } = JSON.parse(held.text) as { reservation: { id: string } };
    expect((await service.call('POST', `/v1/reservations/${reservation.id}/cancel`, { body: {} })).status).toBe(200);
    // Nothing of the first process is left.
    service = await service.restart();
    for (const { id, text } of answers) {
      const again = await replayed(id);
      expect(again.text).toBe(text);
      expect(again.status).toBe(200);
    }
  });

  it('is judged under other rules where they are named, and not stored', async () => {
    const { id, text } = await asked('demo-covered-call', { orders: [order('BRWK', 'BUY', '100')] });
    const requirement = (reply: string) =>
      Number((JSON.parse(reply) as { requirement: { after: string } }).requirement.after);
    const regulatory = await replayed(id, '?ruleSet=regulatory');
    const stricter = await replayed(id, '?ruleSet=tastytrade-low-volatility');
    expect(JSON.parse(regulatory.text)).toMatchObject({ whatIfId: id, ruleSet: 'regulatory' });
    expect(requirement(regulatory.text)).toBeLessThanOrEqual(requirement(text));
    expect(requirement(stricter.text)).toBeGreaterThan(requirement(regulatory.text));
    for (const ruleSet of ['current', '2026-06-12']) {
      expect((await replayed(id, `?ruleSet=${ruleSet}`)).status).toBe(200);
    }
    expect((await service.call('GET', `/v1/what-ifs/${id}`)).text).toBe(text);
  });

  it('is refused where there is nothing, nobody may see it or the rules are unknown', async () => {
    const { id } = await asked('demo-covered-call', { orders: [] });
    expect((await replayed(id, '?ruleSet=nobody')).status).toBe(400);
    expect((await replayed('00000000-0000-8000-8000-000000000000')).status).toBe(404);
    expect((await replayed('x')).status).toBe(404);
  });
});
