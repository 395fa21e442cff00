import type { CalendarDate } from '@app/market';
import type { Cents } from '@app/portfolio';

/** What must be known afresh for every question about an account: small, and never trusted from a cache. */
export interface AccountStanding {
  readonly id: string;
  readonly desk: string;
  readonly version: number;
  /** The latest snapshot of the account's feed; null where there is none. */
  readonly snapshot: { readonly id: string; readonly asOf: Date } | null;
  /** Number of the last change of the house-rule book: rules, groups of accounts and packs. */
  readonly houseRulesStamp: number;
  /** Raised by every change of the account's reservations; 0 where it never had one. */
  readonly holdVersion: number;
  /** The open margin call that is due first. */
  readonly firstCall: { readonly id: string; readonly dueOn: CalendarDate; readonly amount: Cents } | null;
  /** All of it as the database writes it: the same text, the same standing. */
  readonly text: string;
}

/**
 * The standings of accounts, as a query over `asked (id, …)`. Whatever column is read is part of the text too, so that
 * nothing can be read and not compared.
 */
export const STANDINGS_OF_ASKED = `
  SELECT asked.*, standing.*, standing::text AS standing
  FROM asked
  LEFT JOIN LATERAL (
    SELECT a.id AS account_id, a.desk, a.version, a.hold_version, s.id AS snapshot_id, s.as_of,
           (SELECT coalesce(max(sequence), 0) FROM audit_log) AS house_rules_stamp,
           c.id AS call_id, c.due_on::text, c.amount::float8 AS call_amount
    FROM accounts a
    LEFT JOIN LATERAL (
      SELECT m.id, m.as_of FROM market_snapshots m
      WHERE a.feed IS NULL OR m.feed = a.feed
      ORDER BY m.as_of DESC, m.created_at DESC LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT id, due_on, amount FROM margin_calls
      WHERE account_id = a.id AND state = 'OPEN' ORDER BY due_on, id LIMIT 1
    ) c ON true
    WHERE a.id = asked.id
  ) standing ON true`;

/** As columns or as JSON; all null where there is no such account. */
export interface StandingRow {
  readonly account_id: string | null;
  readonly desk: string | null;
  readonly version: number | null;
  readonly hold_version: string | number | null;
  readonly snapshot_id: string | null;
  readonly as_of: Date | string | null;
  readonly house_rules_stamp: number | null;
  readonly call_id: string | null;
  readonly due_on: CalendarDate | null;
  readonly call_amount: Cents | null;
  readonly standing: string | null;
}

export function accountStanding(row: StandingRow): AccountStanding | undefined {
  if (row.account_id === null) return undefined;
  return {
    id: row.account_id,
    desk: row.desk!,
    version: row.version!,
    holdVersion: Number(row.hold_version),
    snapshot: row.snapshot_id === null ? null : { id: row.snapshot_id, asOf: new Date(row.as_of!) },
    houseRulesStamp: row.house_rules_stamp!,
    firstCall: row.call_id === null ? null : { id: row.call_id, dueOn: row.due_on!, amount: row.call_amount! },
    text: row.standing!,
  };
}
