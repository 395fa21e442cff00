import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { NewRepriceRun } from './reprice-run.js';
import { ADD_EVENT } from './run-event.js';

// Compared with the last finished run of the same accounts on the same feed.
const CREATE = `
  INSERT INTO reprice_runs
    (id, state, snapshot_id, rules_sequence, scope, desk, account_ids, chunk_size, priority, origin, requested_by, trial,
     trial_rules, previous_id)
  SELECT $1, 'REQUESTED', $2, $3, $4::reprice_scope, $5, $6, $7, $8, $9::reprice_origin, $10, $11, $12, (
    SELECT p.id FROM reprice_runs p JOIN market_snapshots s ON s.id = p.snapshot_id
    WHERE p.state IN ('DONE', 'PARTIAL') AND NOT p.trial AND s.feed = (SELECT feed FROM market_snapshots WHERE id = $2)
      AND p.scope = $4::reprice_scope AND p.desk IS NOT DISTINCT FROM $5 AND p.account_ids = $6
    ORDER BY p.created_at DESC LIMIT 1)`;

/** Asks for a run in a transaction, under the house-rule book as it was after its change number `rulesSequence`. */
export async function createRun(client: ClientBase, run: NewRepriceRun, rulesSequence: number): Promise<string> {
  const id = randomUUID();
  const { snapshotId, scope, desk, accountIds, chunkSize, priority, trial, origin, requestedBy } = run;
  const trialRules = run.trialRules === null ? null : JSON.stringify(run.trialRules);
  await client.query(CREATE, [
    ...[id, snapshotId, rulesSequence, scope, desk, [...accountIds].sort()],
    ...[chunkSize, priority, origin, requestedBy, trial, trialRules],
  ]);
  await client.query(ADD_EVENT, [id, 'REQUESTED', null, null, 0]);
  return id;
}
