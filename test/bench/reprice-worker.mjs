// A worker process that tells what it has done: for the harnesses of npm run bench:reprice, chaos:reprice, hosts:reprice.
import { startWorker } from '../../dist/apps/worker/src/worker.js';

const worker = await startWorker({
  url: process.env.DATABASE_URL,
  threads: Number(process.argv[2]),
  onError: (error) => console.error(`worker ${process.pid}: ${error.message}`),
});
process.on('message', () => {
  const { user, system } = process.resourceUsage ? process.cpuUsage() : {};
  process.send({
    kind: 'tally',
    ...worker.tally,
    cpuSeconds: (user + system) / 1e6,
    // Kilobytes on Linux.
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  });
});
process.on('SIGTERM', () => void worker.close().then(() => process.exit(0)));
process.on('disconnect', () => process.exit(0));
process.send({ kind: 'ready' });
