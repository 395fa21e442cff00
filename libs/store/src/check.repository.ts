import type { AccountStanding } from './account-standing.js';
import type { CommitLine } from './commit-line.js';
import type { Database } from './database.js';
import { type DecisionText, DecisionTexts } from './decision-text.js';
import { SEPARATOR } from './what-if-block.js';

/** An account as checks were judged on it. */
export interface JudgedAccount {
  readonly standing: AccountStanding;
  readonly holdVersion: number;
  /** The block whose commit has to have brought it to that version; null: whichever did. */
  readonly behind: string | null;
}

/** The answer to one check, and what it holds where it passed. */
export interface Check {
  /** Place of its account in the list that goes with it. */
  readonly account: number;
  /** Of the answer, and of the reservation where one is made. */
  readonly id: string;
  readonly callerKeyId: string;
  readonly idempotencyKey: string | null;
  readonly fingerprint: string;
  readonly status: number;
  /** JSON, as is the body; with the id between each two parts. */
  readonly headers: readonly string[];
  readonly body: DecisionText;
  /** Null: nothing is held, the answer alone is stored. */
  readonly hold: CheckedHold | null;
}

export interface CheckedHold {
  readonly heldCents: number;
  /** What the limits count: less than is held where another reservation is given up for it. */
  readonly changeCents: number;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
  readonly replacedId: string | null;
  /** JSON. */
  readonly orders: string;
  /** Units of each order. */
  readonly leaves: readonly string[];
  readonly clOrdIds: readonly string[];
}

/**
 * STALE: the account is not as it was judged any more. ANSWERED: its key has been answered. DUPLICATE: an order id was
 * used before. LIMIT: no room under a limit. Only what is COMMITTED has changed anything.
 */
export type CheckOutcome =
  | { readonly outcome: 'COMMITTED' | 'STALE' | 'ANSWERED' | 'DUPLICATE' }
  | { readonly outcome: 'LIMIT'; readonly limitId: string; readonly roomCents: number };

const COMMIT = `
  SELECT "check", outcome, limit_id, room FROM commit_checks(
    $1::uuid, $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::uuid[], $8::int[], $9::int[], $10::int[],
    $11::text[], $12::int[], $13::uuid[], $14::uuid[], $15::text[], $16::text[], $17::smallint[], $18::boolean[],
    $19::bigint[], $20::bigint[], $21::bigint[], $22::uuid[], $23, $24, $25, $26::text[], $27::int[], $28::text[])`;

const COMMITTED: CheckOutcome = { outcome: 'COMMITTED' };
const UNIQUE_VIOLATION = '23505';

/** Whether a commit failed as somebody else took an idempotency key in that moment: nothing of it was done. */
export function isKeyTaken(error: unknown): boolean {
  const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown };
  return code === UNIQUE_VIOLATION && constraint === 'answers_pkey';
}

/** Checks that were judged, many at once in one call and one commit. */
export class CheckRepository {
  constructor(private readonly database: Database) {}

  /** The line that has least to do. */
  line(): CommitLine {
    return this.database.lines.reduce((least, line) => (line.underWay < least.underWay ? line : least));
  }

  /**
   * How each check went, in order. Accounts in the order of their ids. Sent before this returns; resolves once what is
   * committed is on disk.
   */
  async commit(
    line: CommitLine,
    block: string,
    accounts: readonly JudgedAccount[],
    checks: readonly Check[],
  ): Promise<readonly CheckOutcome[]> {
    const values = [block, ...accountValues(accounts, checks), ...checkValues(checks), ...orderValues(checks)];
    const { rows } = await line.query<OutcomeRow>({ name: 'commit-checks', text: COMMIT, values });
    const outcomes = checks.map(() => COMMITTED);
    for (const { check, outcome, limit_id: limitId, room } of rows) {
      outcomes[check - 1] = outcome === 'LIMIT' ? { outcome, limitId: limitId!, roomCents: Number(room) } : { outcome };
    }
    return outcomes;
  }
}

function accountValues(accounts: readonly JudgedAccount[], checks: readonly Check[]): readonly unknown[] {
  const held = new Set(checks.filter(({ hold }) => hold !== null).map(({ account }) => account));
  const snapshots = [...new Set(accounts.map(({ standing }) => standing.snapshot!.id))];
  return [
    snapshots,
    list(accounts, ({ standing }) => quoted(standing.id)),
    list(accounts, ({ standing }) => quoted(standing.desk)),
    list(accounts, ({ standing }) => standing.version),
    list(accounts, ({ holdVersion }) => holdVersion),
    list(accounts, ({ behind }) => behind),
    list(accounts, (_, place) => (held.has(place) ? 1 : 0)),
    list(accounts, ({ standing }) => standing.houseRulesStamp),
    list(accounts, ({ standing }) => snapshots.indexOf(standing.snapshot!.id) + 1),
    list(accounts, ({ standing: { firstCall } }) =>
      firstCall === null ? null : `"${firstCall.id} ${firstCall.dueOn} ${firstCall.amount}"`,
    ),
  ];
}

function checkValues(checks: readonly Check[]): readonly unknown[] {
  const texts = new DecisionTexts();
  const joined = (text: (check: Check) => string): string => checks.map(text).join(SEPARATOR);
  return [
    list(checks, ({ account }) => account + 1),
    list(checks, ({ id }) => id),
    list(checks, ({ callerKeyId }) => callerKeyId),
    list(checks, ({ idempotencyKey: key }) => (key === null ? null : quoted(key))),
    list(checks, ({ fingerprint }) => `"${fingerprint}"`),
    list(checks, ({ status }) => status),
    list(checks, ({ hold }) => hold !== null),
    list(checks, ({ hold }) => hold?.heldCents ?? 0),
    list(checks, ({ hold }) => hold?.changeCents ?? 0),
    list(checks, ({ hold }) => hold?.validUntil ?? null),
    list(checks, ({ hold }) => hold?.replacedId ?? null),
    joined(({ hold }) => hold?.orders ?? '[]'),
    joined(({ hold }) => `{${hold?.leaves.join() ?? ''}}`),
    joined(({ id, headers, body }) => texts.kept(id, headers, body)),
    `{${texts.common.map(quoted).join()}}`,
  ];
}

function orderValues(checks: readonly Check[]): readonly unknown[] {
  const orders = checks.flatMap(({ hold }, index) => (hold?.clOrdIds ?? []).map((id) => ({ check: index + 1, id })));
  return [list(orders, ({ check }) => check), list(orders, ({ id }) => quoted(id))];
}

/** A text in an array. */
function quoted(text: string): string {
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
}

/** As PostgreSQL writes arrays; of values that need no quotes or have them. */
function list<T>(entries: readonly T[], value: (entry: T, place: number) => string | number | boolean | null): string {
  return `{${entries.map((entry, place) => value(entry, place) ?? 'NULL').join()}}`;
}

interface OutcomeRow {
  readonly check: number;
  readonly outcome: CheckOutcome['outcome'];
  readonly limit_id: string | null;
  readonly room: string | null;
}
