import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { Database } from '@app/store';
import { configuration } from '../../apps/api/src/config.js';
import { openApplication } from '../../apps/api/src/service.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import { gateChaos, limitFirm, prepareChaos } from '../support/gate-chaos.cjs';
import { startNaiveGate } from '../support/naive-gate.cjs';

/** The small form of `npm run chaos:gate`: two services on one database, none of them killed. */
describe('many at one account’s gate', () => {
  let service: DemoService;
  let database: Database;
  let second: INestApplication<Server>;
  let urls: readonly string[];

  beforeAll(async () => {
    service = await startDemoService();
    database = await Database.open(service.databaseUrl);
    second = await openApplication(configuration({ PORT: '0', LOG_LEVEL: 'silent' }), database, true);
    await second.listen(0, '127.0.0.1');
    urls = [service.url, `http://127.0.0.1:${(second.getHttpServer().address() as AddressInfo).port}`];
  });
  afterAll(async () => {
    await second.close();
    await database.close();
    await service.close();
  });

  const run = (accountId: string, servers: readonly string[], calls: number, seed: number) =>
    gateChaos({ servers: () => servers, pool: database.pool, accountId, calls, callers: 24, seed });

  it('never hold more than equity covers, and no key has two effects', async () => {
    await prepareChaos(database.pool, 'chaos');
    const { faults, accepted, rejected, moments } = await run('chaos', urls, 400, 1);
    expect(faults).toEqual([]);
    expect(accepted).toBeGreaterThan(100);
    expect(rejected).toBeGreaterThan(10);
    expect(moments).toBeGreaterThan(5);
  }, 120_000);

  it('nor more than a limit of the firm, whose sums follow what is held', async () => {
    await limitFirm(database.pool);
    const { faults, rejected } = await run('chaos', urls, 400, 2);
    expect(faults).toEqual([]);
    expect(rejected).toBeGreaterThan(10);
    await database.pool.query('DELETE FROM limits');
  }, 120_000);

  it('and a gate that reads, decides and writes is found out', async () => {
    await prepareChaos(database.pool, 'naive');
    const naive = await Promise.all([startNaiveGate(database.pool), startNaiveGate(database.pool)]);
    const { faults } = await run(
      'naive',
      naive.map(({ url }) => url),
      300,
      3,
    );
    await Promise.all(naive.map((each) => each.close()));
    expect(faults).not.toEqual([]);
  }, 120_000);
});
