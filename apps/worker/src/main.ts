import '../../api/src/compile-cache.js';
import { parseArgs } from 'node:util';
import { commandDatabase } from '@app/store';
import { startWorker } from './worker.js';

const USAGE = `Usage: npm run worker -- [--threads N]

Takes part in every reprice run of the database until it is stopped: any number of workers, on any number of machines.
  --threads N   chunks computed at the same time (default: one a processor)

The database is DATABASE_URL, else the embedded one of MARGIN_DATA_DIR, running or not.`;

async function main(): Promise<void> {
  const { threads, help } = parseArgs({
    options: { threads: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  }).values;
  if (help) return console.log(USAGE);
  if (threads !== undefined && !/^[1-9]\d{0,2}$/.test(threads)) throw new RangeError('--threads takes 1 to 999.');
  const place = await commandDatabase(process.env);
  const worker = await startWorker({
    url: place.url,
    ownerUrl: process.env.DATABASE_OWNER_URL?.trim() || undefined,
    ...(threads !== undefined && { threads: Number(threads) }),
    onError: (error) => console.error(`${new Date().toISOString()} ${error.message}`),
  });
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void worker
      .close()
      .then(() => place.close())
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  // Started by another process: it ends with that one, however that one ends.
  process.on('disconnect', stop);
  process.send?.('ready');
  console.log('working; Ctrl-C stops');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
