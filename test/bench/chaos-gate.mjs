// npm run chaos:gate: 64 clients, one account, 100,000 check-and-hold calls at two server processes, one of which is
// killed every few seconds and started again. At every moment an observer looks at, what is held must be covered; every
// key must have one effect and one answer; at the end all sums must agree. For the first half a limit of the firm binds,
// then the account's equity. The same harness then runs against a gate that reads, decides and writes, and has to fail.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { CallsProgress } from './calls-progress.mjs';

const require = createRequire(import.meta.url);
const { gateChaos, limitFirm, prepareChaos } = require('../support/gate-chaos.cjs');
const { startNaiveGate } = require('../support/naive-gate.cjs');
const { Database, migrate, seedDemo, startEmbeddedPostgres } = require('../../dist/libs/store/src/index.js');

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../dist/apps/api/src/main.js');
const CALLS = Number(process.env.CHAOS_CALLS ?? 100_000);
const NAIVE_CALLS = Number(process.env.CHAOS_NAIVE_CALLS ?? 5_000);
const CALLERS = 64;
const KILL_EVERY_MS = Number(process.env.CHAOS_KILL_MS ?? 4_000);
const SEED = Number(process.env.CHAOS_SEED ?? 20_070_223);

async function started(databaseUrl) {
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' };
  const settings = { MARGIN_MAX_SNAPSHOT_AGE_HOURS: 'off' };
  const child = spawn(process.execPath, [MAIN], { env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a server ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /running at (\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
  });
  child.removeAllListeners('exit');
  return { child, url };
}

async function end({ child }, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

function report(name, { faults, seconds, callsPerSecond, ...counts }) {
  const figures = { ...counts, seconds: Number(seconds.toFixed(1)), callsPerSecond: Math.round(callsPerSecond) };
  console.log(
    `${name}: ${faults.length === 0 ? 'nothing wrong' : `${faults.length} faults`} ${JSON.stringify(figures)}`,
  );
  for (const fault of faults.slice(0, 5)) console.log(`  ${fault.slice(0, 300)}`);
}

/** Kills one server after the other, and starts it again. */
function killing(servers, databaseUrl) {
  let isOver = false;
  let kills = 0;
  const done = (async () => {
    for (let place = 0; !isOver; place = 1 - place) {
      await new Promise((resolve) => setTimeout(resolve, KILL_EVERY_MS));
      if (isOver) return;
      await end(servers[place], 'SIGKILL');
      kills++;
      servers[place] = await started(databaseUrl);
    }
  })();
  return {
    kills: () => kills,
    async stop() {
      isOver = true;
      await done;
    },
  };
}

/** A run that shows how far it is. */
async function shown(name, kills, run) {
  const progress = new CallsProgress(process.stderr, name, run.calls);
  try {
    const watch = ({ done, ...state }) => progress.show(done, { kills: kills(), ...state });
    return await gateChaos({ ...run, callers: CALLERS, watch });
  } finally {
    progress.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'marginal-chaos-'));
// As root PostgreSQL runs under another account, which has to pass through.
chmodSync(folder, 0o755);
const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'data') });
const pool = new pg.Pool({ connectionString: postgres.url, max: 8 });
pool.on('error', () => undefined);
let servers = [];
try {
  await migrate(postgres.url);
  const database = await Database.open(postgres.url);
  await seedDemo(database);
  await database.close();
  await prepareChaos(pool, 'chaos');
  await limitFirm(pool);
  servers = await Promise.all([started(postgres.url), started(postgres.url)]);
  const killer = killing(servers, postgres.url);
  const at = { servers: () => servers.map(({ url }) => url), pool, accountId: 'chaos' };
  const run = (name, calls, seed) => shown(name, killer.kills, { ...at, calls, seed });
  const limited = await run('limit of the firm', Math.floor(CALLS / 2), SEED);
  report('gate, limit of the firm', limited);
  await pool.query(`UPDATE limits SET amount_cents = 1e15 WHERE scope = 'FIRM'`);
  const covered = await run('equity', Math.ceil(CALLS / 2), SEED + 1);
  report('gate, equity', covered);
  await killer.stop();
  console.log(`servers killed and started again: ${killer.kills()}`);
  await Promise.all(servers.map((server) => end(server, 'SIGTERM')));

  await pool.query(`DELETE FROM limits`);
  await prepareChaos(pool, 'naive');
  const naive = await Promise.all([startNaiveGate(pool), startNaiveGate(pool)]);
  const urls = naive.map(({ url }) => url);
  const found = { servers: () => urls, pool, accountId: 'naive', calls: NAIVE_CALLS, seed: SEED + 2 };
  const wrong = await shown('naive', () => 0, found);
  report('the naive gate', wrong);
  await Promise.all(naive.map((server) => server.close()));

  const isRight = limited.faults.length === 0 && covered.faults.length === 0 && wrong.faults.length > 0;
  console.log(isRight ? 'as it has to be' : 'NOT as it has to be');
  if (!isRight) process.exitCode = 1;
} finally {
  await Promise.all(servers.map((server) => end(server, 'SIGKILL')));
  await pool.end();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
