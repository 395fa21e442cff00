// npm run bench:reprice [-- --accounts N --positions M --chains FOLDER --data FOLDER --scale --large]: a whole reprice, database
// to database, by one worker with one thread, beside the physical limit in the same run: the same positions copied out
// in binary and piped into a bare table. Then by two workers. The last line is one JSON object.
// Seconds are of the accounts, from the moment they are handed out; whole ones of planning and risk arrays as well. Cores
// busy: processor time of the workers and of PostgreSQL meanwhile, by those seconds.
// --scale: only the cost per account, in processor time as well, of 2,000 accounts and of 20,000; with --large of
// 200,000 too. --data is then a folder with a folder for each.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { serverSeconds } from './processor-time.mjs';
import { median } from './rounds.mjs';
import { askRun, finishedRun, handedOut, openBook, resultsDigest, startWorkerProcess } from './reprice-book.mjs';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '20000' },
    positions: { type: 'string', default: '50' },
    chains: { type: 'string' },
    data: { type: 'string' },
    chunk: { type: 'string', default: '250' },
    rounds: { type: 'string', default: '3' },
    scale: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
  },
});
const ROUNDS = Number(values.rounds);
const CHUNK = Number(values.chunk);

/** Positions a second through one process, out of one table and into another, nothing done to them. */
async function copyThrough(url) {
  const [reader, writer] = [new pg.Client(url), new pg.Client(url)];
  await Promise.all([reader.connect(), writer.connect()]);
  await writer.query('CREATE UNLOGGED TABLE IF NOT EXISTS bench_copy (account_id text, symbol text, quantity numeric)');
  await writer.query('DROP TABLE bench_copy; CREATE TABLE bench_copy (account_id text, symbol text, quantity numeric)');
  const begin = performance.now();
  const out = reader.query(
    to('COPY (SELECT account_id, symbol, quantity FROM positions ORDER BY account_id) TO STDOUT (FORMAT binary)'),
  );
  const into = writer.query(from('COPY bench_copy FROM STDIN (FORMAT binary)'));
  await pipeline(out, into);
  const seconds = (performance.now() - begin) / 1_000;
  await writer.query('DROP TABLE bench_copy');
  await Promise.all([reader.end(), writer.end()]);
  return into.rowCount / seconds;
}

/** A run by workers that are up; what it took, and what of that was the engine's. */
async function measured(book, workers) {
  const before = await Promise.all(workers.map((worker) => worker.tally()));
  const id = await askRun(book.database, book.snapshotId, { chunkSize: CHUNK });
  await handedOut(book.database, id);
  const [begin, server] = [performance.now(), serverSeconds(book.folder)];
  const between = await Promise.all(workers.map((worker) => worker.tally()));
  const run = await finishedRun(book.database, id);
  const [elapsed, serverAfter] = [(performance.now() - begin) / 1_000, serverSeconds(book.folder)];
  const after = await Promise.all(workers.map((worker) => worker.tally()));
  const difference = (name, from = before) =>
    after.reduce((sum, tally, index) => sum + tally[name] - from[index][name], 0);
  const digest = await resultsDigest(book.database, id);
  const { rows } = await book.database.pool.query(
    'SELECT count(*)::int AS n FROM reprice_dead_letters WHERE run_id = $1',
    [id],
  );
  if (digest.results + rows[0].n !== run.accounts) throw new Error('not one result an account');
  return {
    seconds: run.seconds,
    wholeSeconds: run.whole_seconds,
    accounts: run.accounts,
    positions: difference('positions'),
    engineSeconds: difference('engineMilliseconds') / 1_000,
    processorSeconds: difference('cpuSeconds', between) + serverAfter - server,
    coresBusyInWorkers: difference('cpuSeconds', between) / elapsed,
    coresBusyInPostgres: (serverAfter - server) / elapsed,
    peakMegabytes: Math.max(...after.map(({ peakMegabytes }) => peakMegabytes)),
    digest: digest.digest,
  };
}

const by = (list, name) => median(list.map((each) => each[name]));

const cores = (list) => ({
  coresBusyInWorkers: +by(list, 'coresBusyInWorkers').toFixed(2),
  coresBusyInPostgres: +by(list, 'coresBusyInPostgres').toFixed(2),
});

async function bench() {
  const [accounts, positions] = [Number(values.accounts), Number(values.positions)];
  const book = await openBook({ accounts, positions, chains: values.chains, dataFolder: values.data });
  const workers = [await startWorkerProcess(book.url)];
  try {
    const first = await measured(book, workers);
    console.log(`first run, risk arrays and all: ${first.wholeSeconds.toFixed(1)} s`);
    const [limits, single] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      limits.push(await copyThrough(book.url));
      single.push(await measured(book, workers));
    }
    workers.push(await startWorkerProcess(book.url));
    await measured(book, workers);
    const double = [];
    for (let round = 0; round < ROUNDS; round++) double.push(await measured(book, workers));
    const limit = median(limits);
    const [seconds, engineSeconds] = [by(single, 'seconds'), by(single, 'engineSeconds')];
    const held = single[0].positions;
    const result = {
      accounts: single[0].accounts,
      positions: held,
      limitPositionsPerSecond: Math.round(limit),
      positionsPerSecond: Math.round(held / seconds),
      accountsPerSecond: Math.round(single[0].accounts / seconds),
      ratio: +(held / seconds / limit).toFixed(3),
      ratioWithoutEngine: +(held / (seconds - engineSeconds) / limit).toFixed(3),
      engineMicrosecondsPerPosition: +((1e6 * engineSeconds) / held).toFixed(2),
      engineShare: +(engineSeconds / seconds).toFixed(2),
      wholeSeconds: +by(single, 'wholeSeconds').toFixed(2),
      peakMegabytes: Math.round(Math.max(...[...single, ...double].map((each) => each.peakMegabytes))),
      oneWorker: cores(single),
      twoWorkers: { accountsPerSecond: Math.round(double[0].accounts / by(double, 'seconds')), ...cores(double) },
      sameBytes: new Set([...single, ...double].map(({ digest }) => digest)).size === 1,
    };
    console.log(JSON.stringify(result));
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    await book.close();
  }
}

async function scale() {
  const sizes = values.large ? [2_000, 20_000, 200_000] : [2_000, 20_000];
  for (const accounts of sizes) {
    const dataFolder = values.data && join(values.data, String(accounts));
    const book = await openBook({ accounts, positions: Number(values.positions), chains: values.chains, dataFolder });
    const worker = await startWorkerProcess(book.url);
    try {
      await measured(book, [worker]);
      const runs = [];
      for (let round = 0; round < ROUNDS; round++) runs.push(await measured(book, [worker]));
      const [seconds, wholeSeconds] = [by(runs, 'seconds'), by(runs, 'wholeSeconds')];
      const peakMegabytes = Math.round(Math.max(...runs.map((run) => run.peakMegabytes)));
      const microsecondsPerAccount = Math.round((1e6 * seconds) / accounts);
      const processorMicroseconds = Math.round((1e6 * by(runs, 'processorSeconds')) / accounts);
      const secondsBefore = +(wholeSeconds - seconds).toFixed(2);
      console.log(
        JSON.stringify({ accounts, microsecondsPerAccount, processorMicroseconds, secondsBefore, peakMegabytes }),
      );
    } finally {
      await worker.close();
      await book.close();
    }
  }
}

await (values.scale ? scale() : bench());
