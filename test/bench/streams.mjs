// npm run bench:streams [-- --readers N --accounts N]: so many readers follow a reprice run live while it completes; every
// second one hangs up in the middle and resumes where it was. Exits with 1 unless each has had every event once and in order.
import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ApiKeyRepository, RunEventRepository } from '../../dist/libs/store/src/index.js';
import { askRun, finishedRun, openBook, startWorkerProcess } from './reprice-book.mjs';

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '1000' },
    accounts: { type: 'string', default: '5000' },
    chunk: { type: 'string', default: '50' },
    data: { type: 'string' },
  },
});
const READERS = Number(values.readers);
const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../dist/apps/api/src/main.js');

const book = await openBook({ accounts: Number(values.accounts), positions: 20, dataFolder: values.data });
await new ApiKeyRepository(book.database).save('bench', { name: 'bench', role: 'RISK', desk: null });
const service = spawn(process.execPath, [MAIN], {
  env: { ...process.env, DATABASE_URL: book.url, PORT: '0', HOST: '127.0.0.1' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise((resolve) => {
  createInterface({ input: service.stdout }).on('line', (line) => {
    const found = /is running at (http:\S+)/.exec(line);
    if (found) resolve(found[1]);
  });
});
const worker = await startWorkerProcess(book.url);
const id = await askRun(book.database, book.snapshotId, { chunkSize: Number(values.chunk), scope: 'ALL' });
const delays = [];

/** A reader that keeps what it was told; `leaveAfter` events it hangs up and comes again. */
function reader(leaveAfter) {
  const told = [];
  const state = { told, isDone: false, resumed: 0 };
  const open = (lastEventId) => {
    const headers = {
      authorization: 'Bearer bench',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    const call = request(`${url}/v1/reprice-runs/${id}/events`, { headers, agent: false }, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (piece) => {
        const blocks = (text + piece).split('\n\n');
        text = blocks.pop();
        for (const block of blocks) {
          const [, number, name, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block);
          if (name === 'bookmark') continue;
          told.push(Number(number));
          if (name === 'state' && ['DONE', 'PARTIAL'].includes(JSON.parse(data).state)) {
            state.isDone = true;
            state.doneAt = Date.now();
            call.destroy();
            return;
          }
          if (told.length === leaveAfter && state.resumed === 0) {
            state.resumed = 1;
            call.destroy();
            setTimeout(() => open(told.at(-1)), 50);
            return;
          }
        }
      });
      reply.on('error', () => undefined);
    });
    call.on('error', () => undefined);
    call.end();
  };
  open();
  return state;
}

const readers = [];
for (let place = 0; place < READERS; place++) {
  readers.push(reader(place % 2 === 0 ? Infinity : 5 + (place % 40)));
  if (place % 50 === 0) await sleep(5);
}
const run = await finishedRun(book.database, id);
for (let waits = 0; waits < 200 && !readers.every(({ isDone }) => isDone); waits++) await sleep(50);
const events = await new RunEventRepository(book.database).after(0, 1_000_000, id);
const expected = JSON.stringify(events.map((event) => event.id));
const right = readers.filter(({ told }) => JSON.stringify(told) === expected).length;
for (const { doneAt } of readers) if (doneAt !== undefined) delays.push(doneAt - run.finished_at.getTime());
delays.sort((a, b) => a - b);
const result = {
  readers: READERS,
  resumed: readers.filter(({ resumed }) => resumed > 0).length,
  events: events.length,
  inOrderAndWhole: right,
  lastEventMilliseconds: { median: delays[Math.floor(delays.length / 2)], slowest: delays.at(-1) },
};
console.log(JSON.stringify(result));
await worker.close();
service.kill('SIGTERM');
await new Promise((resolve) => service.once('exit', resolve));
await book.close();
process.exitCode = right === READERS ? 0 : 1;
