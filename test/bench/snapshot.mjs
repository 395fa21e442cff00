// npm run bench:snapshot -- FOLDER: implied volatility and 33-point risk array of every contract of a snapshot's files,
// on two threads, with what could not be solved and why. The last line is one JSON object. Reading is timed apart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Worker } from 'node:worker_threads';
import { parse } from 'csv-parse/sync';
import {
  contractRow,
  quoteMid,
  quoteRow,
  rateRow,
  underlyingRow,
  zeroCurve,
} from '../../dist/libs/market/src/index.js';
import { given } from './pricing-rows.mjs';

const THREADS = Number(process.env.BENCH_THREADS ?? 2);
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder: npm run bench:snapshot -- FOLDER');
  process.exit(2);
}

function records(name) {
  const bytes = readFileSync(join(given(folder), name));
  const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  return parse(text, { bom: true, columns: true, skip_empty_lines: true, relax_column_count: true });
}

/** Rows of a file that the market's readers take; the others are counted. */
function taken(name, read) {
  const rows = records(name).map(read);
  const refused = rows.filter(({ kind }) => kind === 'REFUSAL').length;
  if (refused > 0) console.log(`${name}: ${refused} of ${rows.length} rows refused`);
  return rows.filter(({ kind }) => kind !== 'REFUSAL');
}

function readSnapshot() {
  const rates = taken('rates.csv', rateRow);
  const valuationDate = rates[0].date;
  const market = { valuationDate, afterClose: true, rates: zeroCurve(rates.map(({ parYield }) => parYield)) };
  const underlyings = taken('underlyings.csv', (record) => underlyingRow(record, valuationDate));
  const prices = new Map(
    taken('quotes.csv.gz', quoteRow).map(({ symbol, quote }) => [symbol, quoteMid(quote)?.toFixed() ?? null]),
  );
  const chains = new Map(underlyings.map(({ underlying }) => [underlying.symbol, { underlying, contracts: [] }]));
  let orphans = 0;
  for (const { contract } of taken('instruments.csv.gz', contractRow)) {
    const chain = chains.get(contract.underlying);
    if (chain === undefined) orphans += 1;
    else
      chain.contracts.push([
        contract.symbol,
        contract.exercise,
        contract.adjusted,
        prices.get(contract.symbol) ?? null,
      ]);
  }
  if (orphans > 0) console.log(`${orphans} contracts have no underlying`);
  const jobs = [...chains.values()].map(({ underlying, contracts }) => ({
    underlying: { ...underlying, price: underlying.price?.toFixed() ?? null },
    contracts,
  }));
  // The longest first, so that the threads end together.
  return {
    market,
    jobs: jobs.filter(({ contracts }) => contracts.length > 0).sort((a, b) => b.contracts.length - a.contracts.length),
  };
}

/** All jobs on all threads; each thread gets the next as it is done with one. Sums of what the threads count. */
async function computed({ market, jobs }) {
  const waiting = [...jobs];
  const totals = {};
  const thread = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./snapshot-worker.mjs', import.meta.url), { workerData: market });
      worker.once('error', reject);
      worker.on('message', (counts) => {
        for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + count;
        const next = waiting.shift();
        if (next !== undefined) worker.postMessage(next);
        else worker.terminate().then(resolve);
      });
    });
  await Promise.all(Array.from({ length: THREADS }, thread));
  return totals;
}

const seconds = (start) => Number(((performance.now() - start) / 1000).toFixed(2));
let start = performance.now();
const snapshot = readSnapshot();
const readSeconds = seconds(start);
const contracts = snapshot.jobs.reduce((sum, job) => sum + job.contracts.length, 0);
console.log(`${contracts} contracts of ${snapshot.jobs.length} underlyings read in ${readSeconds} s`);

start = performance.now();
const cpu = process.cpuUsage();
const totals = await computed(snapshot);
const { user, system } = process.cpuUsage(cpu);
const computedSeconds = seconds(start);
for (const [name, count] of Object.entries(totals).sort()) console.log(`${name.padEnd(44)} ${count}`);
console.log(
  JSON.stringify({
    contracts,
    threads: THREADS,
    readSeconds,
    seconds: computedSeconds,
    contractsPerSecond: Math.round(contracts / computedSeconds),
    processorSeconds: Number(((user + system) / 1e6).toFixed(2)),
    ...totals,
  }),
);
