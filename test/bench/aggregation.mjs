// npm run bench:aggregation: 1,000,000 positions over 50,000 instruments at 31 points, summed to 20,000 accounts: a plain
// loop over objects, the same over typed arrays in JavaScript, the kernel on them on one thread and on two, and the what-if that adds
// one order to sums already there. Each in a thread of its own, so that none is compiled for another's data. The last
// line is one JSON object; times are of the clock, medians of rounds in turns.
import { Worker } from 'node:worker_threads';
import { bookTables } from '../../dist/libs/margin/src/index.js';
import { randomNumbers } from './pricing-rows.mjs';
import { median } from './rounds.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 31);
const ACCOUNTS = 20_000;
const PER_ACCOUNT = 50;
const INSTRUMENTS = 50_000;
const POINTS = 31;
const POSITIONS = ACCOUNTS * PER_ACCOUNT;

const tables = bookTables({ accounts: ACCOUNTS, positions: POSITIONS, instruments: INSTRUMENTS, points: POINTS });
const { table, positions } = tables;
const STRIDE = table.stride;

const next = randomNumbers(3);
for (let row = 0; row < INSTRUMENTS; row++) {
  for (let point = 0; point < POINTS; point++) table.values[row * STRIDE + point] = next() - 0.5;
}
for (let account = 0; account <= ACCOUNTS; account++) positions.starts[account] = account * PER_ACCOUNT;
for (let i = 0; i < POSITIONS; i++) {
  positions.rows[i] = Math.floor(INSTRUMENTS * next());
  positions.units[i] = Math.floor(200 * next()) - 100;
}

function thread(task, from, to) {
  const workerData = { task, tables, from, to };
  const worker = new Worker(new URL('./aggregation-worker.mjs', import.meta.url), { workerData });
  // An error that nobody listens for ends the benchmark.
  const reply = () => new Promise((resolve) => worker.once('message', resolve));
  return {
    ready: reply(),
    run() {
      const done = reply();
      worker.postMessage('go');
      return done;
    },
    end: () => worker.terminate(),
  };
}

const half = ACCOUNTS / 2;
const engines = {
  objects: [thread('objects', 0, ACCOUNTS)],
  loop: [thread('loop', 0, ACCOUNTS)],
  kernel: [thread('kernel', 0, ACCOUNTS)],
  twoThreads: [thread('kernel', 0, half), thread('kernel', half, ACCOUNTS)],
  whatIf: [thread('whatIf', 0, ACCOUNTS)],
};
const times = {};
const checks = {};
for (const threads of Object.values(engines)) await Promise.all(threads.map(({ ready }) => ready));
for (let round = -5; round < ROUNDS; round++) {
  for (const [name, threads] of Object.entries(engines)) {
    const start = performance.now();
    const parts = await Promise.all(threads.map((each) => each.run()));
    if (round >= 0) (times[name] ??= []).push(performance.now() - start);
    checks[name] = parts.reduce((sum, part) => sum + part, 0);
  }
}
for (const threads of Object.values(engines)) await Promise.all(threads.map((each) => each.end()));

for (const name of ['loop', 'kernel', 'twoThreads']) {
  const difference = Math.abs(checks[name] / checks.objects - 1);
  if (!(difference < 1e-9)) throw new Error(`${name} sums to ${checks[name]}, objects to ${checks.objects}`);
}
const ms = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
const round = (value) => Number(value.toPrecision(4));
for (const [name, time] of Object.entries(ms)) {
  console.log(`${name.padEnd(12)} median ${time.toFixed(2)} ms, best ${Math.min(...times[name]).toFixed(2)} ms`);
}
console.log(
  JSON.stringify({
    positions: POSITIONS,
    points: POINTS,
    instruments: INSTRUMENTS,
    accounts: ACCOUNTS,
    objectsMs: round(ms.objects),
    loopMs: round(ms.loop),
    typedMs: round(ms.kernel),
    twoThreadsMs: round(ms.twoThreads),
    typedTimesFaster: round(ms.objects / ms.kernel),
    twoThreadsTimesFaster: round(ms.objects / ms.twoThreads),
    twoThreadsTimesFasterAtBest: round(Math.min(...times.objects) / Math.min(...times.twoThreads)),
    whatIfMicrosecondsPerOrder: round((1000 * ms.whatIf) / ACCOUNTS),
  }),
);
