import { documentedService } from '../support/documented-service.js';
import type { Answer, Call } from '../support/service.js';

describe('an idempotency key', () => {
  const { call } = documentedService();

  function keyed(method: string, path: string, key: string, given: Call): Promise<Answer> {
    const headers = { ...given.headers, 'idempotency-key': key };
    return call(method, path, { ...given, headers });
  }
  const account = (id: string, cash = '1000.00') => ({
    ...{ id, name: 'Keyed', desk: 'demo', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN', cash, feed: 'demo' },
    positions: [{ symbol: 'HLVN', quantity: '10' }],
  });

  it('gets one answer, byte for byte, and one effect', async () => {
    const first = await keyed('POST', '/v1/accounts', 'open-1', { body: account('keyed-1') });
    const again = await keyed('POST', '/v1/accounts', 'open-1', { body: account('keyed-1') });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    for (const name of ['location', 'etag', 'content-type'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ]);
    const put = { body: { positions: [], cash: '5' }, headers: { 'if-match': '"1"' } };
    const path = '/v1/accounts/keyed-1/positions';
    const replaced = await keyed('PUT', path, 'put-1', put);
    expect([replaced.status, (await keyed('PUT', path, 'put-1', put)).text]).toEqual([200, replaced.text]);
    expect((await call('GET', path)).json.version).toBe(2);
    const asked = { body: { orders: [] } };
    const what = await keyed('POST', '/v1/accounts/keyed-1/what-if', 'ask-1', asked);
    expect((await keyed('POST', '/v1/accounts/keyed-1/what-if', 'ask-1', asked)).text).toBe(what.text);
  });

  it('keeps refusals of how things stand, and changes nothing with them', async () => {
    await keyed('POST', '/v1/accounts', 'open-2', { body: account('keyed-2') });
    const taken = await keyed('POST', '/v1/accounts', 'open-2b', { body: account('keyed-2') });
    expect([taken.status, taken.json.code]).toEqual([409, 'account.exists']);
    expect((await keyed('POST', '/v1/accounts', 'open-2b', { body: account('keyed-2') })).text).toBe(taken.text);
    const put = { body: { positions: [] }, headers: { 'if-match': '"9"' } };
    const changed = await keyed('PUT', '/v1/accounts/keyed-2/positions', 'put-2', put);
    expect(changed.status).toBe(412);
    expect((await keyed('PUT', '/v1/accounts/keyed-2/positions', 'put-2', put)).text).toBe(changed.text);
  });

  it('is free again after a request that was not carried out', async () => {
    const wrong = await keyed('POST', '/v1/accounts', 'open-3', { body: { ...account('keyed-3'), cash: 'x' } });
    expect(wrong.status).toBe(400);
    expect((await keyed('POST', '/v1/accounts', 'open-3', { body: account('keyed-3') })).status).toBe(201);
  });

  it('is refused for another request, and where it is no key', async () => {
    await keyed('POST', '/v1/accounts', 'open-4', { body: account('keyed-4') });
    const other = await keyed('POST', '/v1/accounts', 'open-4', { body: account('keyed-4', '2000.00') });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency.key_reused']);
    const malformed = await keyed('POST', '/v1/accounts', 'two words', { body: account('keyed-5') });
    expect([malformed.status, malformed.json.code]).toEqual([400, 'idempotency.key_malformed']);
    expect((await call('GET', '/v1/accounts/keyed-5')).status).toBe(404);
  });

  it('of calls at the same time is carried out once', async () => {
    const calls = Array.from({ length: 8 }, () =>
      keyed('POST', '/v1/accounts', 'open-6', { body: account('keyed-6') }),
    );
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect(statuses).toContain(201);
  });

  it('is the caller’s own, who can ask what it came to', async () => {
    const body = account('keyed-7');
    const first = await keyed('POST', '/v1/accounts', 'open-7', { body });
    const admin = await keyed('POST', '/v1/accounts', 'open-7', { key: 'demo-admin', body });
    expect([first.status, admin.status]).toEqual([201, 409]);
    const find = (key: string) => call('GET', '/v1/decisions?idempotencyKey=open-7', { key });
    expect((await find('demo-risk')).json).toMatchObject({ status: 201, answer: first.json });
    expect((await find('demo-admin')).json).toMatchObject({ status: 409, answer: admin.json });
    expect((await find('demo-desk')).status).toBe(404);
  });
});
