// npm run bench:what-if: the stored what-if beside a bare Nest route with the same body and a reply of the same size.
// Both run in processes of their own and take turns, so that a noisy machine disturbs them alike; what holds are the
// ratios. Accounts of 10, 100, 1,000 and 10,000 positions, and accounts of 100 that are asked about for the first time;
// 32 connections. Beside it the processor time of the margin engine alone, in microseconds a call.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { median, nanoseconds } from './rounds.mjs';
import { BODIES, KEY, openBook, SIZES } from './what-if-book.mjs';
import { engineTask } from './what-if-engine.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const MAIN = join(HERE, '../../dist/apps/api/src/main.js');
const CONNECTIONS = 32;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
/** Accounts that a round asks about for the first time. */
const COLD = Number(process.env.BENCH_COLD ?? 2_048);
const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };

/** Starts a server, with the settings of V8 that this process has, and waits for the line that `pattern` matches. */
function started(script, environment, pattern) {
  const child = spawn(process.execPath, [...process.execArgv, script], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = pattern.exec(line);
      if (found) resolve({ child, address: found[1] });
    });
  });
}

/** Processor time a process has had, in microseconds; NaN where the system does not say. */
function processorMicroseconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return 10_000 * (user + system);
  } catch {
    return NaN;
  }
}

async function round({ child, url }, path, more = { duration: SECONDS }) {
  const requests = BODIES.map((body) => ({ method: 'POST', path, body }));
  const before = processorMicroseconds(child.pid);
  const result = await autocannon({ url, connections: CONNECTIONS, headers, requests, ...more });
  const { non2xx, errors, latency } = result;
  if (non2xx > 0 || errors > 0) throw new Error(`${url}${path}: ${non2xx} refused, ${errors} errors`);
  const { total } = result.requests;
  return {
    requestsPerSecond: total / result.duration,
    p50Milliseconds: latency.p50,
    p99Milliseconds: latency.p99,
    processorMicrosecondsPerCall: (processorMicroseconds(child.pid) - before) / total,
  };
}

/** Each connection has accounts of its own, and asks once about each. */
function coldRound(service, from) {
  const each = COLD / CONNECTIONS;
  let next = from;
  const setupClient = (client) => {
    const first = next;
    next += each;
    const ask = (index) => ({
      ...{ method: 'POST', headers, path: `/v1/accounts/cold-${first + index}/what-if` },
      body: BODIES[index % BODIES.length],
    });
    client.setRequests(Array.from({ length: each }, (_, index) => ask(index)));
  };
  return round(service, '/', { amount: COLD, setupClient });
}

const rounded = (value) => Number(value.toPrecision(3));
const summary = (rounds) =>
  Object.fromEntries(Object.keys(rounds[0]).map((name) => [name, rounded(median(rounds.map((each) => each[name])))]));

const book = await openBook(COLD * (ROUNDS + 1));
const children = [];
try {
  const environment = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: book.url,
    LOG_LEVEL: 'error',
    MARGIN_MAX_SNAPSHOT_AGE_HOURS: 'off',
  };
  const service = await started(MAIN, environment, /running at (\S+)/);
  children.push(service.child);
  service.url = service.address;
  const replies = {};
  for (const size of SIZES) {
    const path = `${service.url}/v1/accounts/size-${size}/what-if`;
    const response = await fetch(path, { method: 'POST', headers, body: BODIES[0] });
    if (!response.ok) throw new Error(await response.text());
    replies[size] = await response.json();
  }
  const bare = await started(
    join(HERE, 'bare-nest.mjs'),
    { BENCH_REPLIES: JSON.stringify(replies) },
    /listening (\d+)/,
  );
  children.push(bare.child);
  bare.url = `http://127.0.0.1:${bare.address}`;
  const bytes = SIZES.map((size) => JSON.stringify(replies[size]).length).join(', ');
  console.log(
    `body ${BODIES[0].length} bytes, replies ${bytes} bytes, ${CONNECTIONS} connections, ${ROUNDS} × ${SECONDS} s`,
  );

  const tasks = { cold: (index) => coldRound(service, 1 + COLD * (index + 1)) };
  for (const size of SIZES) {
    tasks[`whatIf ${size}`] = () => round(service, `/v1/accounts/size-${size}/what-if`);
    tasks[`bareNest ${size}`] = () => round(bare, `/what-if/${size}`);
  }
  const rounds = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let index = -1; index < ROUNDS; index++) {
    for (const [name, task] of Object.entries(tasks)) {
      const measured = await task(index);
      // The first turn only warms up.
      if (index >= 0) rounds[name].push(measured);
      const { requestsPerSecond, p50Milliseconds, p99Milliseconds, processorMicrosecondsPerCall } = measured;
      const turn = index < 0 ? 'warm-up' : `round ${index + 1}`;
      console.log(
        `${turn} ${name.padEnd(14)} ${requestsPerSecond.toFixed(0)}/s, p50 ${p50Milliseconds} ms, p99 ${p99Milliseconds} ms, ` +
          `${processorMicrosecondsPerCall.toFixed(0)} µs of processor a call`,
      );
    }
  }
  const measured = Object.fromEntries(Object.entries(rounds).map(([name, list]) => [name, summary(list)]));
  const ratios = (name, size) => {
    const [of, to] = [measured[name], measured[`bareNest ${size}`]];
    return Object.fromEntries(Object.keys(of).map((key) => [key, rounded(of[key] / to[key])]));
  };
  const engines = {};
  for (const size of SIZES) engines[size] = await engineTask(book.database, `size-${size}`);
  const engineMicroseconds = Object.fromEntries(
    Object.entries(nanoseconds(engines, 15)).map(([size, nanos]) => [size, rounded(nanos / 1000)]),
  );
  const bareRatios = Object.fromEntries(SIZES.map((size) => [size, ratios(`whatIf ${size}`, size)]));
  const [least, most] = [SIZES[0], SIZES[SIZES.length - 1]].map((size) => measured[`whatIf ${size}`]);
  console.log(
    JSON.stringify({
      ...{ measured, bareRatios, coldRatios: ratios('cold', 100), engineMicroseconds },
      costOf10000To10: rounded(most.processorMicrosecondsPerCall / least.processorMicrosecondsPerCall),
    }),
  );
} finally {
  for (const child of children) {
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  await book.close();
}
