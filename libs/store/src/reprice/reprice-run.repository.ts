import type { HouseRule } from '@app/rules';
import type { Database } from '../database.js';
import { inTransaction } from './in-transaction.js';
import type { RepriceState } from '../generated/client.js';
import { HouseRuleRepository } from '../house-rule.repository.js';
import type { NewRepriceRun, RepriceRun, RunBrief } from './reprice-run.js';
import { createRun } from './run-creation.js';
import { ADD_EVENT } from './run-event.js';

/** How far a run is, counted from its chunks. */
export interface RunProgress {
  readonly state: RepriceState;
  /** In scope; null until they were counted. */
  readonly accounts: number | null;
  /** Of these in chunks that are done. */
  readonly done: number;
  readonly chunks: number;
  readonly chunksDone: number;
}

export interface RunPage {
  readonly after: { readonly createdAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

const RUN = `
  SELECT r.id, r.state, r.snapshot_id AS "snapshotId", s.feed, s.as_of AS "asOf",
         r.rules_sequence AS "rulesSequence", r.scope, r.desk,
         r.account_ids AS "accountIds", r.chunk_size AS "chunkSize", r.priority, r.trial, r.origin,
         r.requested_by AS "requestedBy", r.account_count AS "accountCount", r.previous_id AS "previousId",
         r.created_at AS "createdAt", r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.failure
  FROM reprice_runs r JOIN market_snapshots s ON s.id = r.snapshot_id`;

const PROGRESS = `
  SELECT r.state, r.account_count AS accounts, c.chunks, c.chunks_done AS "chunksDone", c.done
  FROM reprice_runs r, LATERAL (
    SELECT count(*)::int AS chunks, count(done_at)::int AS chunks_done,
           coalesce(sum(count) FILTER (WHERE done_at IS NOT NULL), 0)::float8 AS done
    FROM reprice_chunks WHERE run_id = r.id AND stage = 'ACCOUNTS'
  ) c
  WHERE r.id = $1`;

// A chunk being written holds the run's row until its commit, so this waits for it.
const CHANGE_STATE = `
  UPDATE reprice_runs SET state = $2::reprice_state WHERE id = $1 AND state = ANY ($3::reprice_state[])`;

export class RepriceRunRepository {
  private readonly houseRules: HouseRuleRepository;

  constructor(private readonly database: Database) {
    this.houseRules = new HouseRuleRepository(database);
  }

  /** Asks for a run; workers take it from there. */
  async create(run: NewRepriceRun): Promise<string> {
    const { sequence } = await this.houseRules.current();
    return inTransaction(this.database.pool, (client) => createRun(client, run, sequence));
  }

  async find(id: string): Promise<RepriceRun | undefined> {
    const { rows } = await this.database.pool.query<RepriceRun>(`${RUN} WHERE r.id = $1`, [id]);
    return rows[0];
  }

  /** Latest first. */
  async list({ after, limit }: RunPage): Promise<readonly RepriceRun[]> {
    const { rows } = await this.database.pool.query<RepriceRun>(
      `${RUN} WHERE $1::timestamptz IS NULL OR (r.created_at, r.id) < ($1, $2::uuid)
       ORDER BY r.created_at DESC, r.id DESC LIMIT $3`,
      [after?.createdAt ?? null, after?.id ?? null, limit],
    );
    return rows;
  }

  async progress(id: string): Promise<RunProgress | undefined> {
    return (await this.database.pool.query<RunProgress>(PROGRESS, [id])).rows[0];
  }

  /** Takes a run away with all it holds: for trials, which are of no use once they were compared. */
  async remove(id: string): Promise<void> {
    await inTransaction(this.database.pool, async (client) => {
      await client.query('DELETE FROM reprice_results WHERE run_id = $1', [id]);
      await client.query('DELETE FROM reprice_runs WHERE id = $1', [id]);
    });
  }

  /** What workers need to know of a run. */
  async brief(id: string): Promise<RunBrief | undefined> {
    const run = await this.find(id);
    if (run === undefined) return undefined;
    const { rows } = await this.database.pool.query<{ rules: string | null }>(
      'SELECT trial_rules AS rules FROM reprice_runs WHERE id = $1',
      [id],
    );
    const { snapshotId, asOf, feed, rulesSequence, priority, trial, scope, desk, accountIds } = run;
    const trialRules = rows[0].rules === null ? null : (JSON.parse(rows[0].rules) as HouseRule[]);
    return { runId: id, snapshotId, asOf, feed, rulesSequence, trialRules, priority, trial, scope, desk, accountIds };
  }

  /** Stops a run: once this returns, no further result of it appears. False where it is not under way. */
  cancel(id: string): Promise<boolean> {
    return this.changeState(id, 'CANCELLED', ['REQUESTED', 'PREPARING', 'RUNNING']);
  }

  /** Goes on with a cancelled run where it stopped. False where it is not cancelled. */
  resume(id: string): Promise<boolean> {
    return this.changeState(id, 'REQUESTED', ['CANCELLED']);
  }

  private async changeState(id: string, to: RepriceState, from: readonly RepriceState[]): Promise<boolean> {
    return inTransaction(this.database.pool, async (client) => {
      const { rowCount } = await client.query(CHANGE_STATE, [id, to, from]);
      if (rowCount === 1) await client.query(ADD_EVENT, [id, to, null, null, 0]);
      return rowCount === 1;
    });
  }
}
