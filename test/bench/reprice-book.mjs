// What the reprice harnesses share: a database with a big book, workers in processes of their own, runs waited for.
import { fork } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  Database,
  importSnapshot,
  loadBooks,
  migrate,
  RepriceRunRepository,
  seedDemo,
  SnapshotRepository,
  snapshotFiles,
  startEmbeddedPostgres,
} from '../../dist/libs/store/src/index.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const SEED = 7;

/** A folder that stays where one is named, so that a book need not be made again; else one that goes at the end. */
function folderOf(named) {
  if (named !== undefined) {
    mkdirSync(named, { recursive: true });
    return { folder: named, remove: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'marginal-reprice-'));
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A PostgreSQL with `accounts` generated accounts on the chains in a folder, or on the demo's. */
export async function openBook({ accounts, positions, chains, dataFolder, settings }) {
  const { folder, remove } = folderOf(dataFolder);
  let postgres = await startEmbeddedPostgres({ dataFolder: folder, settings });
  await migrate(postgres.url);
  let database = await Database.open(postgres.url, { statementTimeoutMilliseconds: 0 });
  if (chains !== undefined) await importSnapshot(database, snapshotFiles(chains), { feed: 'bench', source: 'bench' });
  else await seedDemo(database);
  const { id: snapshotId } = await new SnapshotRepository(database).latest(chains === undefined ? 'demo' : 'bench');
  const held = async () =>
    (await database.pool.query("SELECT count(*)::int AS n FROM accounts WHERE starts_with(id, 'gen-')")).rows[0].n;
  if ((await held()) !== accounts) {
    if ((await held()) > 0) throw new Error('the folder holds another book');
    await loadBooks(database, {
      accounts,
      positions,
      seed: SEED,
      snapshotId,
      desks: ['north', 'south'],
      deficitShare: 0.03,
    });
    await database.pool.query('VACUUM ANALYZE');
  }
  return {
    folder,
    snapshotId,
    get url() {
      return postgres.url;
    },
    get database() {
      return database;
    },
    /** Ends PostgreSQL as a crash would find it and starts it again on the same port, as its clients expect. */
    async restart(restarted) {
      await database.close();
      await postgres.stop();
      postgres = await restarted();
      database = await Database.open(postgres.url, { statementTimeoutMilliseconds: 0 });
    },
    async close() {
      await database.close();
      await postgres.stop();
      remove();
    },
  };
}

/** A worker in a process of its own; `tally()` is what it has done so far. */
export async function startWorkerProcess(url, threads = 1, options = {}) {
  const child = fork(join(HERE, 'reprice-worker.mjs'), [String(threads)], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', options.quiet ? 'ignore' : 'inherit', 'ipc'],
    ...options.fork,
  });
  const answered = (kind) =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error('a worker ended'));
      child.once('exit', ended);
      const heard = (message) => {
        if (message.kind !== kind) return;
        child.off('message', heard).off('exit', ended);
        resolve(message);
      };
      child.on('message', heard);
    });
  await answered('ready');
  return {
    pid: child.pid,
    tally() {
      child.send('tally');
      return answered('tally');
    },
    kill: () => child.kill('SIGKILL'),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export async function askRun(database, snapshotId, { chunkSize = 250, ...asked } = {}) {
  return new RepriceRunRepository(database).create({
    ...{ snapshotId, scope: 'ALL', desk: null, accountIds: [], chunkSize, priority: 0 },
    ...{ trial: false, trialRules: null, origin: 'CALL', requestedBy: 'bench', ...asked },
  });
}

/** Waits until a run's accounts are handed out. */
export async function handedOut(database, id) {
  for (;;) {
    const { rows } = await database.pool.query('SELECT state FROM reprice_runs WHERE id = $1', [id]);
    if (!['REQUESTED', 'PREPARING'].includes(rows[0].state)) return;
    await sleep(10);
  }
}

/** Waits for a run's end; seconds from the moment its accounts were handed out. */
export async function finishedRun(database, id) {
  for (;;) {
    const { rows } = await database.pool.query(
      `SELECT r.state, r.finished_at, r.account_count AS accounts,
              extract(epoch FROM r.finished_at - r.started_at)::float8 AS whole_seconds,
              extract(epoch FROM r.finished_at - (SELECT created_at FROM reprice_events e
                WHERE e.run_id = r.id AND e.state = 'RUNNING' ORDER BY e.id DESC LIMIT 1))::float8 AS seconds
       FROM reprice_runs r WHERE id = $1`,
      [id],
    );
    if (rows[0].finished_at !== null) return rows[0];
    await sleep(50);
  }
}

/** One hash over every byte of a run's results in account order, and what there are. */
export async function resultsDigest(database, id) {
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS results, count(DISTINCT account_id)::int AS accounts, sum(requirement)::text AS requirement,
            sum(equity)::text AS equity, md5(string_agg(md5((to_jsonb(r) - 'run_id')::text), '' ORDER BY account_id)) AS digest
     FROM reprice_results r WHERE run_id = $1`,
    [id],
  );
  return rows[0];
}
