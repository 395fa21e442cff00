// npm run check:reprice [-- --accounts N --positions M --chains FOLDER --data FOLDER]: account by account, whether a run says
// what GET /v1/accounts/{id}/margin says at the same versions, to the cent. A big book, every hundredth account of it under
// Regulation T, some bound by house rules of a group, one by a rule of its class group, some with shares that no model
// margins. Exits with 1 where any account differs; the last line is one JSON object.
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { allDifferences, answersOf, bookVariety } from './reprice-answers.mjs';
import { askRun, finishedRun, openBook, startWorkerProcess } from './reprice-book.mjs';

const require = createRequire(import.meta.url);
const { configuration } = require('../../dist/apps/api/src/config.js');
const { openApplication } = require('../../dist/apps/api/src/service.js');
const { ApiKeyRepository, Database } = require('../../dist/libs/store/src/index.js');

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '20000' },
    positions: { type: 'string', default: '50' },
    chains: { type: 'string' },
    data: { type: 'string' },
  },
});
const KEY = 'check-reprice';
const SHOWN = 20;

async function served(url) {
  const database = await Database.open(url);
  await new ApiKeyRepository(database).save(KEY, { name: 'check', role: 'RISK', desk: null });
  const app = await openApplication(configuration({ PORT: '0', LOG_LEVEL: 'error' }), database, true);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await app.close();
      await database.close();
    },
  };
}

const [accounts, positions] = [Number(values.accounts), Number(values.positions)];
const book = await openBook({ accounts, positions, chains: values.chains, dataFolder: values.data });
try {
  await bookVariety(book.database, book.snapshotId);
  const worker = await startWorkerProcess(book.url);
  const runId = await askRun(book.database, book.snapshotId);
  const run = await finishedRun(book.database, runId);
  await worker.close();
  console.log(`the run: ${run.accounts} accounts, ${run.whole_seconds.toFixed(1)} s, ${run.state}`);
  const service = await served(book.url);
  const begin = performance.now();
  const found = await allDifferences(book.database, runId, answersOf(service.url, KEY));
  const seconds = (performance.now() - begin) / 1_000;
  await service.close();
  for (const { id, differences } of found.different.slice(0, SHOWN)) console.log(id, differences.join('; '));
  const { different, ...counts } = found;
  const isWhole = counts.results + counts.deadLetters === run.accounts;
  const result = {
    accounts: run.accounts,
    ...counts,
    different: different.length,
    answersSeconds: Math.round(seconds),
  };
  console.log(JSON.stringify(result));
  process.exitCode = isWhole && different.length === 0 ? 0 : 1;
} finally {
  await book.close();
}
