import type { RepriceState } from '../generated/client.js';
import { followMarginCalls, type ValuedOn } from '../margin-calls/follow-margin-calls.js';
import type { JobsTransaction } from './jobs-database.js';
import type { RunChunk } from './reprice-run.js';
import { copyResults, type DeadLetter, resultRows, type ResultRows } from './result-rows.js';
import { ADD_EVENT } from './run-event.js';

/** States in which a stage's chunks are worked on. */
const UNDER_WAY: Readonly<Record<RunChunk['stage'], RepriceState>> = { ARRAYS: 'PREPARING', ACCOUNTS: 'RUNNING' };

/**
 * A worker that is cut off from the network in the middle of writing holds locks that the others wait for, and the server
 * does not learn that it is gone: from the first lock to the commit it has this long.
 */
const WRITE_WITHIN_MILLISECONDS = 20_000;

const CLAIM = `
  SELECT c.run_id AS "runId", c.number, c.stage, c.first, c.last, c.count, r.state
  FROM reprice_chunks c JOIN reprice_runs r ON r.id = c.run_id
  WHERE c.run_id = $1 AND c.number = $2 AND c.done_at IS NULL`;

// A timeout that is running is only set anew once it has been switched off. Before PostgreSQL 17 there is none.
const LIMIT_WRITE = `
  SELECT set_config(name, '0', true), set_config(name, '${WRITE_WITHIN_MILLISECONDS}', true)
  FROM pg_settings WHERE name = 'transaction_timeout'`;

// The share lock makes whoever cancels the run wait for this commit, and this wait for whoever cancels it.
const LOCK_RUN = 'SELECT state, trial FROM reprice_runs WHERE id = $1 FOR SHARE';

const DONE = 'UPDATE reprice_chunks SET done_at = now() WHERE run_id = $1 AND number = $2 AND done_at IS NULL';

/** The chunk, where it is still to be done and its run under way. */
export async function claimedChunk(
  { client }: JobsTransaction,
  runId: string,
  number: number,
): Promise<RunChunk | undefined> {
  const { rows } = await client.query<RunChunk & { state: RepriceState }>(CLAIM, [runId, number]);
  if (rows.length === 0 || rows[0].state !== UNDER_WAY[rows[0].stage]) return undefined;
  const { state: _, ...chunk } = rows[0];
  return chunk;
}

/**
 * Stores what a chunk came to, and the margin calls that follow from it, to be committed with its job. False, and nothing stored, where the run has been
 * cancelled or somebody else was first.
 */
export async function completeChunk(
  { client }: JobsTransaction,
  valuedOn: ValuedOn,
  chunk: RunChunk,
  rows: ResultRows | null,
): Promise<boolean> {
  const { runId, number, stage, first, last } = chunk;
  await client.query(LIMIT_WRITE);
  const { rows: runs } = await client.query<{ state: RepriceState; trial: boolean }>(LOCK_RUN, [runId]);
  if (runs[0]?.state !== UNDER_WAY[stage]) return false;
  if ((await client.query(DONE, [runId, number])).rowCount === 0) return false;
  if (rows === null) return true;
  await copyResults(client, rows);
  if (runs[0].trial) return true;
  await followMarginCalls(client, valuedOn, rows.valued);
  await client.query(ADD_EVENT, [runId, null, first, last, rows.accounts]);
  return true;
}

/**
 * Puts two halves in a chunk's place: whatever ends the workers that touch it is in one of them. The numbers of the
 * halves; undefined where it cannot be halved.
 */
export async function splitChunk({ client }: JobsTransaction, chunk: RunChunk): Promise<readonly number[] | undefined> {
  const { runId, number, stage, first, last } = chunk;
  if (stage !== 'ACCOUNTS') return undefined;
  await client.query(LIMIT_WRITE);
  await client.query('SELECT 1 FROM reprice_runs WHERE id = $1 FOR NO KEY UPDATE', [runId]);
  const { rows } = await client.query<{ number: number }>(
    `WITH members AS (
       SELECT id, ntile(2) OVER (ORDER BY id) AS half FROM accounts WHERE id BETWEEN $3 AND $4
     ), closed AS (
       DELETE FROM reprice_chunks WHERE run_id = $1 AND number = $2 AND (SELECT count(*) FROM members) > 1
         AND done_at IS NULL
       RETURNING stage
     )
     INSERT INTO reprice_chunks (run_id, number, stage, first, last, count)
     SELECT $1, (SELECT max(number) FROM reprice_chunks WHERE run_id = $1) + half, stage, min(id), max(id), count(*)
     FROM members, closed GROUP BY half, stage RETURNING number`,
    [runId, number, first, last],
  );
  return rows.length === 0 ? undefined : rows.map((row) => row.number);
}

/** The dead letters of a chunk that no worker has come back from. */
export async function poisonRows({ client }: JobsTransaction, { runId, first, last }: RunChunk): Promise<ResultRows> {
  const { rows } = await client.query<{ id: string; desk: string }>(
    'SELECT id, desk FROM accounts WHERE id BETWEEN $1 AND $2 ORDER BY id',
    [first, last],
  );
  const code = 'worker.lost';
  const gap = { code, symbol: null, detail: 'Every worker that took this account was lost over it.' };
  return resultRows(
    runId,
    [],
    rows.map(({ id, desk }): DeadLetter => ({ accountId: id, desk, code, gaps: [gap] })),
  );
}
