import { ApiKeyRepository } from '@app/store';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import type { Answer } from '../support/service.js';

/** The ordinary route, which any query asks for, and the lane beside the framework. */
const WAYS = { ordinary: '/what-if?way=ordinary', direct: '/what-if' } as const;
type Way = keyof typeof WAYS;

/** Of one request alone. */
const OWN_HEADERS = new Set(['date', 'x-request-id']);

const order = (clOrdId: string, symbol: string, changes: object = {}) => ({
  ...{ clOrdId, orderQty: 1, legs: [{ side: 'BUY', symbol, ratioQty: '1' }] },
  ...changes,
});

describe('the lane beside the framework', () => {
  let service: DemoService;
  beforeAll(async () => {
    service = await startDemoService();
    // Its key is at hand from now on.
    await service.call('GET', '/v1/accounts', { key: 'demo-desk' });
  });
  afterAll(() => service.close());

  const ask = (way: Way, account: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    service.call('POST', `/v1/accounts/${account}${WAYS[way]}`, { key: 'demo-desk', body, headers });
  const anonymous = ({ status, headers, text, json }: Answer) => ({
    status,
    headers: [...headers].filter(([name]) => !OWN_HEADERS.has(name)).sort(),
    body: text.replace(json?.id ?? json?.requestId ?? '', 'ID'),
  });
  const counted = async (): Promise<number> => {
    const { text } = await service.call('GET', '/metrics', { key: 'demo-admin' });
    const line =
      /http_request_duration_seconds_count\{method="POST",route="\/v1\/accounts\/:accountId\/what-if",status="200"\} (\d+)/;
    return Number(line.exec(text)?.[1] ?? 0);
  };

  const questions: Readonly<
    Record<string, readonly [account: string, body: unknown, headers?: Record<string, string>]>
  > = {
    'an order': ['demo-long-stock', { orders: [order('A', 'HLVN')] }],
    'everything about the account as it is': [
      'demo-long-stock',
      {
        orders: [],
        include: ['classGroups', 'scenarios', 'positions', 'regulatory', 'regT', 'attribution', 'distance'],
      },
    ],
    'an account under Regulation T': ['demo-reg-t', { orders: [order('A', 'HLVN')] }],
    'an account that is not there': ['nobody', { orders: [] }],
    'fields of the wrong form': ['demo-long-stock', { orders: [order('A', 'hlvn', { orderQty: '-1' })], more: 1 }],
    'two orders of one id': ['demo-long-stock', { orders: [order('A', 'HLVN'), order('A', 'HLVN')] }],
    'a symbol that nobody knows': ['demo-long-stock', { orders: [order('A', 'NOSUCH')] }],
    'text that is no JSON': ['demo-long-stock', '{"orders":[}'],
    'a name twice': ['demo-long-stock', '{"orders":[],"orders":[]}'],
    'another content type': ['demo-long-stock', { orders: [] }, { 'content-type': 'text/plain' }],
    'a charset it does not read': [
      'demo-long-stock',
      { orders: [] },
      { 'content-type': 'application/json; charset=latin1' },
    ],
    nothing: ['demo-long-stock', ''],
  };

  it.each(Object.entries(questions))('answers %s as the ordinary route does', async (_, [account, body, headers]) => {
    const [ordinary, direct] = [
      await ask('ordinary', account, body, headers),
      await ask('direct', account, body, headers),
    ];
    expect(anonymous(direct)).toEqual(anonymous(ordinary));
    if (direct.status !== 200) return;
    const found = await service.call('GET', `/v1/what-ifs/${direct.json.id}`, { key: 'demo-desk' });
    expect(found.text).toBe(direct.text);
  });

  it('repeats the X-Request-Id of a caller, and makes one for any other', async () => {
    const sent = await ask('direct', 'demo-long-stock', { orders: [] }, { 'x-request-id': 'desk-7.1' });
    expect(sent.headers.get('x-request-id')).toBe('desk-7.1');
    const made = await ask('direct', 'demo-long-stock', { orders: [] });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('leaves an Idempotency-Key to the ordinary route: two calls, one answer', async () => {
    const key = { 'idempotency-key': 'direct-lane-1' };
    const first = await ask('direct', 'demo-long-stock', { orders: [] }, key);
    expect((await ask('direct', 'demo-long-stock', { orders: [] }, key)).text).toBe(first.text);
  });

  it('is counted once, whichever way it is answered', async () => {
    const before = await counted();
    await ask('direct', 'demo-long-stock', { orders: [] });
    await ask('ordinary', 'demo-long-stock', { orders: [] });
    await ask('direct', 'demo-long-stock', { orders: [order('A', 'NOSUCH')] });
    expect(await counted()).toBe(before + 2);
  });

  it('shows an unknown or foreign key nothing', async () => {
    const call = (key: string) =>
      service.call('POST', '/v1/accounts/demo-long-stock/what-if', { key, body: { orders: [] } });
    expect((await call('no-such-key')).status).toBe(401);
    await new ApiKeyRepository(service.database).save('other-desk', { name: 'other', role: 'DESK', desk: 'other' });
    expect((await service.call('GET', '/v1/accounts', { key: 'other-desk' })).status).toBe(200);
    expect((await call('other-desk')).status).toBe(404);
  });
});
