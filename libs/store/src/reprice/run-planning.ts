import type { RepriceStage, RepriceState } from '../generated/client.js';
import type { JobsTransaction } from './jobs-database.js';
import type { RepriceRun } from './reprice-run.js';
import { ADD_EVENT } from './run-event.js';
import { scopeCondition } from './run-scope.js';

/** Underlyings of a chunk of risk arrays: one with ten thousand contracts takes seconds. */
const UNDERLYINGS_OF_CHUNK = 8;

/** A run whose turn it is to go on: newly asked for, or with nothing left to do of a stage. Nobody else has it meanwhile. */
export type WaitingRun = Pick<RepriceRun, 'id' | 'state' | 'snapshotId' | 'feed' | 'scope' | 'desk' | 'accountIds'> &
  Pick<RepriceRun, 'chunkSize' | 'priority'>;

// Two workers never plan one run: the second passes over what the first has locked.
const WAITING = `
  SELECT r.id, r.state, r.snapshot_id AS "snapshotId", s.feed, r.scope, r.desk, r.account_ids AS "accountIds",
         r.chunk_size AS "chunkSize", r.priority
  FROM reprice_runs r JOIN market_snapshots s ON s.id = r.snapshot_id
  WHERE r.state = 'REQUESTED'
     OR (r.state IN ('PREPARING', 'RUNNING')
         AND NOT EXISTS (SELECT 1 FROM reprice_chunks c WHERE c.run_id = r.id AND c.done_at IS NULL))
  ORDER BY r.priority DESC, r.created_at LIMIT 1 FOR UPDATE OF r SKIP LOCKED`;

export async function waitingRun({ client }: JobsTransaction): Promise<WaitingRun | undefined> {
  const { rows } = await client.query<WaitingRun>(WAITING);
  return rows[0];
}

// By the index of positions, series by series until one of an underlying's is held: no pass over the positions.
const HELD_BY_ANYBODY = `
  SELECT u.symbol AS name FROM snapshot_underlyings u
  WHERE u.snapshot_id = $3 AND EXISTS (
    SELECT FROM option_quotes o CROSS JOIN LATERAL (SELECT FROM positions p WHERE p.symbol = o.symbol LIMIT 1) held
    WHERE o.snapshot_id = u.snapshot_id AND o.underlying = u.symbol OFFSET 0)`;

/** Chunks of the underlyings that options are held on: by accounts in scope, of a run over all accounts by anybody. */
export async function planArrays({ client }: JobsTransaction, run: WaitingRun): Promise<void> {
  const heldInScope = `
    SELECT DISTINCT o.underlying AS name FROM positions p
    JOIN accounts a ON a.id = p.account_id AND ${scopeCondition(run, run.feed)}
    JOIN option_quotes o ON o.snapshot_id = $3 AND o.symbol = p.symbol`;
  await client.query(chunksOf(run.scope === 'ALL' ? HELD_BY_ANYBODY : heldInScope, 'ARRAYS'), [
    ...[run.id, UNDERLYINGS_OF_CHUNK, run.snapshotId],
  ]);
}

/** Chunks of the accounts in scope; how many accounts these are. */
export async function planAccounts({ client }: JobsTransaction, run: WaitingRun): Promise<number> {
  const accounts = `SELECT a.id AS name FROM accounts a WHERE ${scopeCondition(run, run.feed)}`;
  const { rows } = await client.query<{ accounts: number }>(
    `WITH chunks AS (${chunksOf(accounts, 'ACCOUNTS')} RETURNING count)
     UPDATE reprice_runs SET account_count = (SELECT coalesce(sum(count), 0) FROM chunks)
     WHERE id = $1 RETURNING account_count AS accounts`,
    [run.id, run.chunkSize],
  );
  return rows[0].accounts;
}

/** Numbers go on after those of the stage before. $1 the run, $2 names of a chunk. */
function chunksOf(names: string, stage: RepriceStage): string {
  return `
    INSERT INTO reprice_chunks (run_id, number, stage, first, last, count)
    SELECT $1, (SELECT coalesce(max(number) + 1, 0) FROM reprice_chunks WHERE run_id = $1) + chunk,
           '${stage}', min(name), max(name), count(*)
    FROM (SELECT name, (row_number() OVER (ORDER BY name) - 1) / $2::int AS chunk FROM (${names}) n) numbered
    GROUP BY chunk`;
}

/** A stage's chunks that are left to do, in order. */
export async function openChunks(
  { client }: JobsTransaction,
  runId: string,
  stage: RepriceStage,
): Promise<readonly number[]> {
  const { rows } = await client.query<{ number: number }>(
    'SELECT number FROM reprice_chunks WHERE run_id = $1 AND stage = $2 AND done_at IS NULL ORDER BY number',
    [runId, stage],
  );
  return rows.map(({ number }) => number);
}

/** Whether a stage was planned before: a run that was cancelled goes on with the chunks it has. */
export async function isPlanned({ client }: JobsTransaction, runId: string, stage: RepriceStage): Promise<boolean> {
  const { rows } = await client.query('SELECT 1 FROM reprice_chunks WHERE run_id = $1 AND stage = $2 LIMIT 1', [
    runId,
    stage,
  ]);
  return rows.length > 0;
}

/** Takes a run to a state, with its event; the last thing in a transaction. */
export async function enterState(
  { client }: JobsTransaction,
  runId: string,
  state: RepriceState,
  failure: string | null = null,
): Promise<void> {
  const isFinished = state === 'DONE' || state === 'PARTIAL' || state === 'FAILED';
  await client.query(
    `UPDATE reprice_runs SET state = $2::reprice_state, failure = $3, started_at = coalesce(started_at, now()),
       finished_at = CASE WHEN $4 THEN now() END
     WHERE id = $1`,
    [runId, state, failure, isFinished],
  );
  await client.query(ADD_EVENT, [runId, state, null, null, 0]);
}

/** PARTIAL where an account has no result. */
export async function finishedState({ client }: JobsTransaction, runId: string): Promise<'DONE' | 'PARTIAL'> {
  const { rows } = await client.query('SELECT 1 FROM reprice_dead_letters WHERE run_id = $1 LIMIT 1', [runId]);
  return rows.length > 0 ? 'PARTIAL' : 'DONE';
}
