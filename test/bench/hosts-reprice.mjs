// npm run hosts:reprice [-- --accounts N --positions M]: one run by workers on three hosts, one of them cut off from the
// network in the middle; beside it the same by one worker. The hosts are network namespaces, each with an address and a
// way to the database of its own; where those cannot be made, three process groups, each with its own gate to the
// database. Exits with 1 unless every account has exactly one result and the bytes are the same.
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { databaseGate, through } from './database-gate.mjs';
import { askRun, finishedRun, openBook, resultsDigest, startWorkerProcess } from './reprice-book.mjs';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '5000' },
    positions: { type: 'string', default: '20' },
    chunk: { type: 'string', default: '50' },
    data: { type: 'string' },
  },
});
const CHUNK = Number(values.chunk);
const HOSTS = 3;

const ip = (...words) => spawnSync('ip', words, { stdio: 'ignore' }).status === 0;

/** A namespace joined to this one by a cable; undefined where that is not allowed. */
async function namespace(place, port) {
  const name = `mrgl${process.pid % 10_000}x${place}`;
  const [here, there] = [`10.231.${place}.1`, `10.231.${place}.2`];
  if (!ip('netns', 'add', name)) return undefined;
  const isMade =
    ip('link', 'add', `${name}a`, 'type', 'veth', 'peer', 'name', `${name}b`, 'netns', name) &&
    ip('addr', 'add', `${here}/30`, 'dev', `${name}a`) &&
    ip('link', 'set', `${name}a`, 'up') &&
    ip('netns', 'exec', name, 'ip', 'addr', 'add', `${there}/30`, 'dev', `${name}b`) &&
    ip('netns', 'exec', name, 'ip', 'link', 'set', `${name}b`, 'up');
  if (!isMade) {
    ip('netns', 'del', name);
    return undefined;
  }
  const gate = await databaseGate(port, here);
  return {
    kind: 'network namespace',
    address: [gate.port, here],
    fork: { execPath: 'ip', execArgv: ['netns', 'exec', name, process.execPath] },
    cut: () => ip('link', 'set', `${name}a`, 'down'),
    async close() {
      await gate.close();
      ip('netns', 'del', name);
    },
  };
}

async function processGroup(port) {
  const gate = await databaseGate(port);
  return {
    kind: 'process group',
    address: [gate.port],
    fork: { detached: true },
    cut: () => gate.cut(),
    close: () => gate.close(),
  };
}

const book = await openBook({
  accounts: Number(values.accounts),
  positions: Number(values.positions),
  dataFolder: values.data,
});
const port = () => Number(new URL(book.url).port);
const hosts = [];
for (let place = 0; place < HOSTS; place++) hosts.push((await namespace(place, port)) ?? (await processGroup(port)));

const alone = await startWorkerProcess(book.url);
const calmId = await askRun(book.database, book.snapshotId, { chunkSize: CHUNK });
await finishedRun(book.database, calmId);
await alone.close();
const calm = await resultsDigest(book.database, calmId);

const workers = await Promise.all(
  hosts.map(({ address, fork }) => startWorkerProcess(through(book.url, ...address), 1, { quiet: true, fork })),
);
const id = await askRun(book.database, book.snapshotId, { chunkSize: CHUNK });
for (let done = 0; done < calm.results / 3; await sleep(50)) {
  const { rows } = await book.database.pool.query('SELECT count(*)::int AS n FROM reprice_results WHERE run_id = $1', [
    id,
  ]);
  done = rows[0].n;
}
hosts[0].cut();
const cutAt = performance.now();
const run = await finishedRun(book.database, id);
const storm = await resultsDigest(book.database, id);
// Cut off, it cannot end by itself.
workers[0].kill();
await Promise.all(workers.slice(1).map((worker) => worker.close()));
await Promise.all(hosts.map((host) => host.close()));
await book.close();
const result = {
  hosts: hosts.map(({ kind }) => kind),
  accounts: run.accounts,
  results: storm.results,
  oneResultEach: storm.results === calm.results && storm.accounts === storm.results,
  sameBytes: storm.digest === calm.digest,
  secondsAfterTheCut: Math.round((performance.now() - cutAt) / 1_000),
};
console.log(JSON.stringify(result));
process.exitCode = result.oneResultEach && result.sameBytes ? 0 : 1;
