import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Database,
  type NewRepriceRun,
  type RepriceRun,
  RepriceRunRepository,
  SnapshotRepository,
} from '@app/store';

/** Every account on the latest snapshot, in small chunks; `asked` says what is different. */
export async function newRun(database: Database, asked: Partial<NewRepriceRun> = {}): Promise<string> {
  const latest = await new SnapshotRepository(database).latest();
  const run: NewRepriceRun = {
    snapshotId: latest!.id,
    scope: 'ALL',
    desk: null,
    accountIds: [],
    chunkSize: 4,
    priority: 0,
    trial: false,
    trialRules: null,
    origin: 'CALL',
    requestedBy: 'test',
    ...asked,
  };
  return new RepriceRunRepository(database).create(run);
}

/** The run once no worker has anything left to do for it. */
export async function finishedRun(database: Database, id: string): Promise<RepriceRun> {
  const runs = new RepriceRunRepository(database);
  for (;;) {
    const run = (await runs.find(id))!;
    if (run.finishedAt !== null) return run;
    await sleep(25);
  }
}

/** One hash over every stored byte of a run's results, in account order, the run's own id left out. */
export async function resultsDigest(database: Database, id: string): Promise<string> {
  const { rows } = await database.pool.query<{ digest: string }>(
    `SELECT md5(string_agg(md5((r.*)::text), '' ORDER BY account_id)) AS digest
     FROM (SELECT account_id, desk, account_version, methodology, rules_version, requirement, regulatory_requirement,
                  maintenance_excess, equity, class_groups, requirements, scan_losses, minimum_charges,
                  worst_price_moves, worst_vol_moves
           FROM reprice_results WHERE run_id = $1) r`,
    [id],
  );
  return rows[0].digest;
}
