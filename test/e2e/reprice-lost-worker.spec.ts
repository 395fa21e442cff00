import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database, loadBooks, RepriceRunRepository, seedDemo, SnapshotRepository } from '@app/store';
import { isBuildCurrent } from '../support/compiled-files.js';
import { freshDatabase } from '../support/database.js';
import { finishedRun, newRun, resultsDigest } from '../support/reprice.js';

const WORKER = join(__dirname, '../../dist/apps/worker/src/main.js');

if (isBuildCurrent()) describe('a worker that is killed', aLostWorker);
else it.skip('skipped, dist/ is not what the sources say: npm run build', () => undefined);

function aLostWorker(): void {
  it('loses nothing: another one takes its accounts over, and the bytes are the same', async () => {
    const fresh = await freshDatabase();
    const database = await Database.open(fresh.url);
    const workers: ChildProcess[] = [];
    const start = (): ChildProcess => {
      const env = { ...process.env, DATABASE_URL: fresh.url };
      const child = spawn(process.execPath, [WORKER, '--threads', '1'], { env, stdio: 'ignore' });
      workers.push(child);
      return child;
    };
    try {
      await seedDemo(database);
      const { id: snapshotId } = (await new SnapshotRepository(database).latest())!;
      await loadBooks(database, { accounts: 150, positions: 10, seed: 3, snapshotId, desks: ['d'], deficitShare: 0 });
      const first = start();
      const id = await newRun(database, { chunkSize: 2 });
      while (((await new RepriceRunRepository(database).progress(id))?.done ?? 0) < 20) await sleep(10);
      first.kill('SIGKILL');
      const second = start();
      const disturbed = await finishedRun(database, id);
      const calm = await finishedRun(database, await newRun(database));
      second.kill('SIGTERM');
      await once(second, 'exit');
      const { rows } = await database.pool.query(
        'SELECT count(*)::int AS results, count(DISTINCT account_id)::int AS accounts FROM reprice_results WHERE run_id = $1',
        [id],
      );
      expect(rows[0].results).toBe(rows[0].accounts);
      expect(disturbed.state).toBe(calm.state);
      expect(await resultsDigest(database, id)).toBe(await resultsDigest(database, calm.id));
    } finally {
      for (const child of workers) child.kill('SIGKILL');
      await database.close();
      await fresh.drop();
    }
  }, 120_000);
}
