import { Client } from 'pg';
import { type DemoService, startDemoService } from '../support/demo-service.js';

const WHAT_IF = '/v1/accounts/demo-market-maker/what-if';
const BODY = {
  orders: [{ clOrdId: 'R-1', orderQty: 5, legs: [{ symbol: 'HLVN  260717C00225000', side: 'SELL', ratioQty: 1 }] }],
  include: ['classGroups', 'scenarios', 'positions', 'regulatory'],
};

it('after a restart an answer is the same bytes, and the same question has the same numbers', async () => {
  const first = await startDemoService();
  const asked = await first.call('POST', WHAT_IF, { body: BODY });
  expect(asked.status).toBe(200);
  const second = await first.restart();
  await expect(first.call('GET', '/health/live')).rejects.toThrow();
  expect((await second.call('GET', `/v1/what-ifs/${asked.json.id}`)).text).toBe(asked.text);
  const again = await second.call('POST', WHAT_IF, { body: BODY });
  expect(again.json.id).not.toBe(asked.json.id);
  expect(again.text.replace(again.json.id, asked.json.id)).toBe(asked.text);
  await second.close();
});

describe('without its database the service', () => {
  let service: DemoService;
  let server: Client;
  beforeAll(async () => {
    service = await startDemoService();
    expect((await service.call('POST', WHAT_IF, { body: BODY })).status).toBe(200);
    const url = new URL(service.databaseUrl);
    url.pathname = '/postgres';
    server = new Client({ connectionString: url.href });
    await server.connect();
  });
  afterAll(async () => {
    await server.end();
    await service.close();
  });

  const database = () => new URL(service.databaseUrl).pathname.slice(1);
  const answers = () =>
    Promise.all([
      service.call('POST', WHAT_IF, { body: BODY }),
      service.call('GET', '/v1/accounts'),
      service.call('GET', '/v1/accounts/demo-empty/margin'),
      service.call('GET', '/v1/market-snapshots'),
      service.call('POST', '/v1/accounts', {
        body: {
          ...{ id: 'x', name: 'x', desk: 'x', type: 'CUSTOMER', methodology: 'REG_T', cash: 0 },
          positions: [{ symbol: 'HLVN', quantity: 1 }],
        },
      }),
      service.call('GET', '/v1/accounts', { key: 'a-key-not-seen-before' }),
    ]);

  it('goes on after its connections have been cut', async () => {
    const cut = () =>
      server.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [database()]);
    for (let round = 0; round < 5; round++) {
      const [given] = await Promise.all([answers(), cut()]);
      // Cut in the middle it says so, and nothing worse.
      expect(given.filter(({ status }) => status >= 500 && status !== 503)).toEqual([]);
    }
    expect((await service.call('POST', WHAT_IF, { body: BODY })).status).toBe(200);
    expect((await service.call('GET', '/health/ready')).status).toBe(200);
  });

  it('says 503 and when to come back, is not ready, and lives', async () => {
    await server.query(`DROP DATABASE ${database()} WITH (FORCE)`);
    for (const { status, headers, json } of await answers()) {
      expect([status, json.code]).toEqual([503, 'service.unavailable']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    }
    expect((await service.call('GET', '/health/live')).status).toBe(200);
    const ready = await service.call('GET', '/health/ready');
    expect([ready.status, ready.json.code]).toEqual([503, 'service.not_ready']);
    // What needs no database is still answered.
    expect((await service.call('GET', '/openapi.json')).status).toBe(200);
  });
});
