import type { Database } from './database.js';

/** An account as checks were judged on it. */
export interface JudgedAccount {
  readonly id: string;
  readonly version: number;
  readonly holdVersion: number;
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
  /** JSON, as is the body. */
  readonly headers: string;
  readonly body: string;
  /** Null: nothing is held, the answer alone is stored. */
  readonly hold: CheckedHold | null;
}

export interface CheckedHold {
  readonly heldCents: number;
  /** What the limits count: less than is held where another reservation is given up for it. */
  readonly changeCents: number;
  readonly validUntil: Date;
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

/** Stands between the texts of a batch: JSON escapes control characters, so none of them holds it. */
const SEPARATOR = '\u0001';

const COMMIT = `
  SELECT place, outcome, limit_id, room FROM commit_checks(
    $1::text[], $2::int[], $3::bigint[], $4::int[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::smallint[],
    $10::boolean[], $11::bigint[], $12::bigint[], $13::timestamptz[], $14::uuid[], $15, $16, $17, $18, $19::int[],
    $20::text[])`;

/** Checks that were judged, many at once in one call and one commit. */
export class CheckRepository {
  constructor(private readonly database: Database) {}

  /** How each check went, in order. Resolves once what is committed is on disk. */
  async commit(accounts: readonly JudgedAccount[], checks: readonly Check[]): Promise<readonly CheckOutcome[]> {
    const of = <T>(value: (check: Check) => T): T[] => checks.map(value);
    const holds = checks.flatMap(({ hold }, index) => (hold?.clOrdIds ?? []).map((id) => ({ index, id })));
    const { rows } = await this.database.pool.query<OutcomeRow>({
      name: 'commit-checks',
      text: COMMIT,
      values: [
        accounts.map(({ id }) => id),
        accounts.map(({ version }) => version),
        accounts.map(({ holdVersion }) => holdVersion),
        of(({ account }) => account + 1),
        of(({ id }) => id),
        of(({ callerKeyId }) => callerKeyId),
        of(({ idempotencyKey }) => idempotencyKey),
        of(({ fingerprint }) => fingerprint),
        of(({ status }) => status),
        of(({ hold }) => hold !== null),
        of(({ hold }) => hold?.heldCents ?? 0),
        of(({ hold }) => hold?.changeCents ?? 0),
        of(({ hold }) => hold?.validUntil ?? null),
        of(({ hold }) => hold?.replacedId ?? null),
        of(({ hold }) => hold?.orders ?? '[]').join(SEPARATOR),
        of(({ hold }) => `{${hold?.leaves.join() ?? ''}}`).join(SEPARATOR),
        of(({ headers }) => headers).join(SEPARATOR),
        of(({ body }) => body).join(SEPARATOR),
        holds.map(({ index }) => index + 1),
        holds.map(({ id }) => id),
      ],
    });
    const outcomes: CheckOutcome[] = [];
    for (const { place, outcome, limit_id: limitId, room } of rows) {
      outcomes[place - 1] = outcome === 'LIMIT' ? { outcome, limitId: limitId!, roomCents: Number(room) } : { outcome };
    }
    return outcomes;
  }
}

interface OutcomeRow {
  readonly place: number;
  readonly outcome: CheckOutcome['outcome'];
  readonly limit_id: string | null;
  readonly room: string | null;
}
