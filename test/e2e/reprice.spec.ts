import { setTimeout as sleep } from 'node:timers/promises';
import {
  RepriceRunRepository,
  RunEventRepository,
  RunResultRepository,
  RunScheduleRepository,
  type StoredResult,
} from '@app/store';
import { Client } from 'pg';
import { type RepriceWorker, startWorker } from '../../apps/worker/src/worker.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import { answered, shown } from '../support/reprice-answers.js';
import { finishedRun, newRun, resultsDigest } from '../support/reprice.js';

let service: DemoService;
let worker: RepriceWorker;
let runs: RepriceRunRepository;
let results: RunResultRepository;
let total: number;
const failures: Error[] = [];

const start = (): Promise<RepriceWorker> =>
  startWorker({ url: service.databaseUrl, threads: 1, onError: (error) => failures.push(error) });

beforeAll(async () => {
  service = await startDemoService();
  total = (await service.database.pool.query('SELECT FROM accounts')).rowCount!;
  runs = new RepriceRunRepository(service.database);
  results = new RunResultRepository(service.database);
  worker = await start();
});

afterAll(async () => {
  await worker.close();
  await service.close();
  expect(failures).toEqual([]);
});

const all = (runId: string): Promise<readonly StoredResult[]> =>
  results.page({ runId, desk: undefined, deficitsOnly: false, after: undefined, limit: 1_000 });

describe('an account whose workers are lost', () => {
  it('is found by halves, named, and leaves the others their results', async () => {
    const id = await newRun(service.database, { scope: 'DESK', desk: 'demo', chunkSize: 1_000 });
    const poison = 'demo-iron-condor';
    // What pg-boss would count: every attempt at a chunk that holds this account was the end of a worker.
    const owner = new Client(service.databaseUrl);
    await owner.connect();
    await owner.query(
      `CREATE FUNCTION pgboss.lose() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.name = 'reprice-chunk' AND EXISTS (
           SELECT 1 FROM reprice_chunks c WHERE c.run_id = (NEW.data->>'runId')::uuid
             AND c.number = (NEW.data->>'number')::int AND c.stage = 'ACCOUNTS' AND '${poison}' BETWEEN c.first AND c.last)
         THEN NEW.retry_count := 3; END IF;
         RETURN NEW;
       END $$;
       CREATE TRIGGER lose BEFORE UPDATE ON pgboss.job FOR EACH ROW EXECUTE FUNCTION pgboss.lose()`,
    );
    const run = await finishedRun(service.database, id);
    await owner.query('DROP TRIGGER lose ON pgboss.job; DROP FUNCTION pgboss.lose()');
    await owner.end();
    const dead = await results.deadLetters(run.id, undefined, 100);
    expect(dead.find(({ accountId }) => accountId === poison)?.code).toBe('worker.lost');
    expect((await all(run.id)).length + dead.length).toBe(run.accountCount);
  });
});

describe('a schedule', () => {
  it('asks for one run a snapshot, however many workers look', async () => {
    const schedules = new RunScheduleRepository(service.database);
    const details = { cron: null, tradingDaysOnly: false, feed: 'demo', scope: 'DESK', desk: 'other' } as const;
    const schedule = await schedules.create({ name: 'on prices', ...details, priority: 5, createdBy: 'test' });
    expect(await schedules.create({ name: 'on prices', ...details, priority: 5, createdBy: 'test' })).toBeUndefined();
    const asked = async (): Promise<number> =>
      (await runs.list({ after: undefined, limit: 100 })).filter(({ requestedBy }) => requestedBy === schedule!.id)
        .length;
    await sleep(1_500);
    expect(await asked()).toBe(0);
    // As if it had been there before the demo's prices came.
    await service.database.pool.query('UPDATE reprice_schedules SET created_at = $1', [new Date(0)]);
    while ((await asked()) === 0) await sleep(50);
    await sleep(2_500);
    expect(await asked()).toBe(1);
    expect((await schedules.remove(schedule!.id, 'on prices'))?.id).toBe(schedule!.id);
  });
});

describe('a reprice run of the demo', () => {
  it('says of every account what its margin says, and of no other', async () => {
    const run = await finishedRun(service.database, await newRun(service.database));
    expect(run).toMatchObject({ state: 'PARTIAL', accountCount: total, failure: null });
    const stored = await all(run.id);
    const dead = await results.deadLetters(run.id, undefined, 100);
    expect(stored).toHaveLength(total - 2);
    expect(dead.map(({ accountId }) => accountId)).toEqual(['demo-stale-symbol', 'demo-strict-volatility']);
    for (const each of stored) {
      const { json } = await service.call('GET', `/v1/accounts/${each.accountId}/margin`);
      expect({ id: each.accountId, ...shown(each) }).toEqual({ id: each.accountId, ...answered(json) });
    }
    for (const { accountId, gaps } of dead) {
      const { status, json } = await service.call('GET', `/v1/accounts/${accountId}/margin`);
      expect(status).toBe(422);
      expect(json.errors).toMatchObject(gaps.map(({ code, symbol }) => ({ code, symbol })));
    }
  });

  it('gives the same bytes whatever the chunks, and reads the risk arrays stored before', async () => {
    const digests = new Set<string>();
    for (const chunkSize of [1, 5, 100]) {
      const run = await finishedRun(service.database, await newRun(service.database, { chunkSize }));
      digests.add(await resultsDigest(service.database, run.id));
    }
    expect(digests.size).toBe(1);
    const { rows } = await service.database.pool.query('SELECT DISTINCT part FROM risk_arrays');
    expect(rows).toHaveLength(1);
  });

  it('keeps to a desk, or to a list', async () => {
    const desk = await finishedRun(service.database, await newRun(service.database, { scope: 'DESK', desk: 'other' }));
    expect((await all(desk.id)).map(({ accountId }) => accountId)).toEqual(['demo-other-desk']);
    const accountIds = ['demo-in-deficit', 'demo-empty'];
    const list = await finishedRun(service.database, await newRun(service.database, { scope: 'LIST', accountIds }));
    expect((await all(list.id)).map(({ accountId }) => accountId)).toEqual(['demo-empty', 'demo-in-deficit']);
    expect(await results.totals(list.id)).toMatchObject({ accounts: 2, deficits: 1 });
  });

  it('has nothing to do where no account is in scope', async () => {
    const run = await finishedRun(service.database, await newRun(service.database, { scope: 'DESK', desk: 'nobody' }));
    expect(run).toMatchObject({ state: 'DONE', accountCount: 0 });
  });

  it('stops when it is cancelled and goes on when it is resumed', async () => {
    await worker.close();
    const id = await newRun(service.database, { chunkSize: 1 });
    expect(await runs.cancel(id)).toBe(true);
    expect(await runs.cancel(id)).toBe(false);
    worker = await start();
    const other = await finishedRun(service.database, await newRun(service.database));
    expect((await runs.find(id))!.state).toBe('CANCELLED');
    expect(await runs.resume(id)).toBe(true);
    const run = await finishedRun(service.database, id);
    expect(await resultsDigest(service.database, run.id)).toBe(await resultsDigest(service.database, other.id));
    const events = await new RunEventRepository(service.database).after(0, 1_000, id);
    expect(events.flatMap(({ state }) => state ?? [])).toEqual([
      ...['REQUESTED', 'CANCELLED', 'REQUESTED', 'PREPARING', 'RUNNING', 'PARTIAL'],
    ]);
    expect(events.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(total - 2);
  });
});
