// npm run chaos:reprice [-- --accounts N --positions M --kills K]: one run during which a random worker is killed with
// kill -9 K times and PostgreSQL is restarted once; beside it an undisturbed run by one worker. Exits with 1 unless every
// account has exactly one result, the bytes are the same and every lost chunk was back within 15 s.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../../dist/libs/store/src/index.js';
import { databaseGate, through } from './database-gate.mjs';
import { askRun, finishedRun, openBook, resultsDigest, startWorkerProcess } from './reprice-book.mjs';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    positions: { type: 'string', default: '20' },
    kills: { type: 'string', default: '30' },
    chunk: { type: 'string', default: '50' },
    workers: { type: 'string', default: '3' },
    data: { type: 'string' },
  },
});
const [KILLS, CHUNK, WORKERS] = [values.kills, values.chunk, values.workers].map(Number);
const BACK_WITHIN_SECONDS = 15;
const LOOK_MILLISECONDS = 100;

const book = await openBook({
  accounts: Number(values.accounts),
  positions: Number(values.positions),
  dataFolder: values.data,
});
const gate = await databaseGate(() => Number(new URL(book.url).port));
const url = through(book.url, gate.port);

/** Runs while nobody disturbs it. */
async function undisturbed() {
  const worker = await startWorkerProcess(url, 1, { quiet: true });
  const id = await askRun(book.database, book.snapshotId, { chunkSize: CHUNK });
  const run = await finishedRun(book.database, id);
  await worker.close();
  return { ...run, ...(await resultsDigest(book.database, id)) };
}

/** When each job was first seen held at a kill, by attempt: what is taken up again later was lost no earlier. */
const lost = new Map();
const backSeconds = [];

async function look(isKill) {
  const { rows } = await book.database.pool.query(
    `SELECT id, retry_count AS attempt, state FROM pgboss.job WHERE name = 'reprice-chunk' AND state IN ('active', 'retry')`,
  );
  for (const { id, attempt, state } of rows) {
    const before = lost.get(id);
    if (before !== undefined && (attempt > before.attempt || state === 'retry')) {
      backSeconds.push((performance.now() - before.at) / 1_000);
      lost.delete(id);
    }
    if (isKill && state === 'active' && !lost.has(id)) lost.set(id, { attempt, at: performance.now() });
  }
  const held = new Set(rows.map(({ id }) => id));
  for (const id of lost.keys()) if (!held.has(id)) lost.delete(id);
}

/** As whatever looks after workers would: one that found no database is started again. */
async function anotherWorker() {
  for (;;) {
    const worker = await startWorkerProcess(url, 1, { quiet: true }).catch(() => undefined);
    if (worker !== undefined) return worker;
    await sleep(500);
  }
}

async function disturbed() {
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => startWorkerProcess(url, 1, { quiet: true })));
  const id = await askRun(book.database, book.snapshotId, { chunkSize: CHUNK });
  let kills = 0;
  let isRestarted = false;
  const starting = [];
  for (;;) {
    await sleep(LOOK_MILLISECONDS);
    const { rows } = await book.database.pool.query(
      `SELECT r.finished_at, coalesce(r.account_count, 0) AS accounts,
         (SELECT coalesce(sum(count), 0)::int FROM reprice_chunks WHERE run_id = r.id AND stage = 'ACCOUNTS' AND done_at IS NOT NULL) AS done
       FROM reprice_runs r WHERE id = $1`,
      [id],
    );
    const [{ finished_at: end, accounts, done }] = rows;
    await look(false);
    if (end !== null) break;
    if (accounts === 0) continue;
    // Spread over the run by how far it is, however fast it goes.
    if (kills < KILLS && workers.length > 0 && done >= (accounts * kills) / (KILLS + 2)) {
      const place = Math.floor(Math.random() * workers.length);
      await look(true);
      workers[place].kill();
      workers.splice(place, 1);
      kills += 1;
      starting.push(anotherWorker().then((worker) => workers.push(worker)));
    }
    if (!isRestarted && kills >= KILLS / 2) {
      isRestarted = true;
      await book.restart(() => startEmbeddedPostgres({ dataFolder: book.folder }));
    }
  }
  await Promise.all(starting);
  await Promise.all(workers.map((worker) => worker.close()));
  const run = await finishedRun(book.database, id);
  return { kills, isRestarted, ...run, ...(await resultsDigest(book.database, id)) };
}

const calm = await undisturbed();
console.log(`undisturbed: ${calm.results} results in ${calm.seconds.toFixed(1)} s`);
const storm = await disturbed();
await gate.close();
await book.close();
const slowest = Math.max(0, ...backSeconds);
const isAlike = calm.digest === storm.digest && calm.state === storm.state;
const result = {
  accounts: storm.accounts,
  results: storm.results,
  kills: storm.kills,
  databaseRestarts: storm.isRestarted ? 1 : 0,
  seconds: Math.round(storm.seconds),
  oneResultEach: storm.results === calm.results && storm.accounts === storm.results,
  sameBytes: isAlike,
  lostChunks: backSeconds.length,
  slowestBackSeconds: +slowest.toFixed(1),
};
console.log(JSON.stringify(result));
const isRight = isAlike && result.oneResultEach && storm.kills === KILLS && slowest <= BACK_WITHIN_SECONDS;
process.exitCode = isRight ? 0 : 1;
