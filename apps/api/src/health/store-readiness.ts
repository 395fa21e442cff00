import type { Database, SnapshotRepository } from '@app/store';
import type { Readiness } from './readiness.js';

/** Ready when the database answers and holds prices. It was migrated before anything was served. */
export function storeReadiness(database: Database, snapshots: SnapshotRepository): Readiness {
  return {
    async gaps() {
      const reachable = await database.pool.query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (!reachable) return ['The database cannot be reached.'];
      return (await snapshots.latest()) === undefined ? ['No market snapshot is stored.'] : [];
    },
  };
}
