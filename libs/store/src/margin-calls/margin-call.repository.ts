import type { CalendarDate } from '@app/market';
import { type CallRules, isOverdue } from '@app/rules';
import type { Database } from '../database.js';
import { type CallTurns, followMarginCalls, type ValuedAccount, type ValuedOn } from './follow-margin-calls.js';
import type { MarginCall, MarginCallEvent, MarginCallStatus } from './margin-call.js';

export interface MarginCallPage {
  /** Only those of this desk, account and status; undefined for all. */
  readonly desk: string | undefined;
  readonly accountId: string | undefined;
  readonly status: MarginCallStatus | undefined;
  /** Those after this one in the listing: latest opened first. */
  readonly after: { readonly openedOn: CalendarDate; readonly id: string } | undefined;
  readonly limit: number;
}

/** What somebody decides about an open call, and why. */
export interface CallDecision {
  readonly id: string;
  /** Of the call it was decided on. */
  readonly version: number;
  readonly author: string;
  readonly reason: string;
}

// Dates as text: a Date would pass through the process's time zone. Cents are exact as float8 up to 2^53.
const CALLS = `
  SELECT c.id, c.account_id AS "accountId", a.desk, c.kind, c.state, c.opened_on::text AS "openedOn",
         c.due_on::text AS "dueOn", c.closed_on::text AS "closedOn", c.met_by::text[] AS "metBy", c.amount::float8,
         c.opened_amount::float8 AS "openedAmount", c.required::float8, c.equity::float8, c.snapshot_id AS "snapshotId",
         c.as_of AS "asOf", c.rules_version AS "rulesVersion", c.account_version AS "accountVersion", c.version,
         m.market_date::text AS "marketDate"
  FROM margin_calls c
  JOIN accounts a ON a.id = c.account_id
  CROSS JOIN LATERAL (
    SELECT (s.as_of AT TIME ZONE 'America/New_York')::date AS market_date FROM market_snapshots s
    WHERE a.feed IS NULL OR s.feed = a.feed ORDER BY s.as_of DESC LIMIT 1
  ) m`;

const FIND = `${CALLS} WHERE c.id = $1`;
const LIST = `${CALLS}
  WHERE ($1::text IS NULL OR a.desk = $1) AND ($2::text IS NULL OR c.account_id = $2)
    AND ($3::text IS NULL OR $3 = CASE WHEN c.state = 'OPEN' AND c.due_on < m.market_date THEN 'OVERDUE' ELSE c.state::text END)
    AND ($4::date IS NULL OR (c.opened_on, c.id) < ($4::date, $5::uuid))
  ORDER BY c.opened_on DESC, c.id DESC LIMIT $6`;

const EVENTS = `
  SELECT number, type, happened_on::text AS "happenedOn", amount::float8, due_on::text AS "dueOn", deposits::float8,
         causes::text[], required::float8, equity::float8, snapshot_id AS "snapshotId", rules_version AS "rulesVersion",
         account_version AS "accountVersion", author, reason, created_at AS "createdAt"
  FROM margin_call_events WHERE call_id = $1 ORDER BY number`;

const DECIDE = `
  WITH decided AS (
    UPDATE margin_calls SET state = $3::margin_call_state, due_on = coalesce($4::date, due_on),
      overdue_on = CASE WHEN $4::date IS NULL THEN overdue_on END,
      waived_amount = CASE $3 WHEN 'WAIVED' THEN amount END, version = version + 1, updated_at = now()
    WHERE id = $1 AND version = $2 AND state = 'OPEN' RETURNING *
  )
  INSERT INTO margin_call_events (call_id, number, type, happened_on, amount, due_on, deposits, causes, required, equity,
    snapshot_id, rules_version, account_version, author, reason)
  SELECT id, version, $5::margin_call_event_type, $6::date, amount, due_on, 0, '{}', required, equity, snapshot_id,
         rules_version, account_version, $7, $8
  FROM decided`;

export class MarginCallRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<MarginCall | undefined> {
    const { rows } = await this.database.pool.query<MarginCall>(FIND, [id]);
    return rows[0];
  }

  /** In order. */
  async events(id: string): Promise<readonly MarginCallEvent[]> {
    const { rows } = await this.database.pool.query<MarginCallEvent>(EVENTS, [id]);
    return rows;
  }

  /** Latest opened first. */
  async list({ desk, accountId, status, after, limit }: MarginCallPage): Promise<readonly MarginCall[]> {
    const place = [after?.openedOn ?? null, after?.id ?? null];
    const values = [desk ?? null, accountId ?? null, status ?? null, ...place, limit];
    const { rows } = await this.database.pool.query<MarginCall>(LIST, values);
    return rows;
  }

  /** Puts the day it is due off. False where the call is not at that version or not open any more. */
  extend(decision: CallDecision, dueOn: CalendarDate, on: CalendarDate): Promise<boolean> {
    return this.decide(decision, 'OPEN', 'EXTENDED', dueOn, on);
  }

  /** Gives it up as long as no more is missing than now. False as above. */
  waive(decision: CallDecision, on: CalendarDate): Promise<boolean> {
    return this.decide(decision, 'WAIVED', 'WAIVED', null, on);
  }

  /** In a transaction of its own. */
  async follow(on: ValuedOn, accounts: readonly ValuedAccount[], rules?: CallRules): Promise<CallTurns> {
    const client = await this.database.pool.connect();
    try {
      await client.query('BEGIN');
      const turns = await followMarginCalls(client, on, accounts, rules);
      await client.query('COMMIT');
      client.release();
      return turns;
    } catch (error) {
      // A connection that cannot even roll back is not used again.
      await client.query('ROLLBACK').then(
        () => client.release(),
        () => client.release(true),
      );
      throw error;
    }
  }

  private async decide(
    { id, version, author, reason }: CallDecision,
    state: 'OPEN' | 'WAIVED',
    type: 'EXTENDED' | 'WAIVED',
    dueOn: CalendarDate | null,
    on: CalendarDate,
  ): Promise<boolean> {
    const values = [id, version, state, dueOn, type, on, author, reason];
    const { rowCount } = await this.database.pool.query(DECIDE, values);
    return rowCount === 1;
  }
}

export function marginCallStatus({ state, dueOn, marketDate }: MarginCall): MarginCallStatus {
  return state === 'OPEN' && isOverdue(dueOn, marketDate) ? 'OVERDUE' : state;
}
