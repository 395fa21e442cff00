import { Decimal } from 'decimal.js';
import type { Position } from '@app/portfolio';
import type { Database } from './database.js';
import { registerInstruments } from './instrument.repository.js';

export type ReservationState = 'WORKING' | 'FILLED' | 'CANCELLED' | 'REPLACED' | 'EXPIRED';

/** Orders an account was let send, and what is left of them. */
export interface StoredReservation {
  readonly id: string;
  readonly accountId: string;
  readonly desk: string;
  readonly state: ReservationState;
  /** Cents, ≥ 0. */
  readonly heldCents: number;
  /** JSON, as they were asked for. */
  readonly orders: string;
  /** Units of each order that have not executed. */
  readonly leaves: readonly Decimal[];
  readonly validUntil: Date;
  readonly replacedId: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What changed in an account's reservations since a hold version, and the version that is now. */
export interface ReservationChanges {
  readonly holdVersion: number;
  /** Also those that are no longer working, but from the start only working ones. */
  readonly changed: readonly StoredReservation[];
}

export interface ReservationPage {
  readonly accountId: string;
  readonly state: ReservationState | undefined;
  /** The last one of the page before. */
  readonly after: { readonly createdAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** What has executed of one order. */
export interface Execution {
  readonly reservationId: string;
  readonly execId: string;
  readonly clOrdId: string;
  /** Place of the order in its reservation, from 0. */
  readonly place: number;
  /** Units each order of the reservation was for. */
  readonly orderQuantities: readonly Decimal[];
  /** Of each order a number that those share of which all together one whole executes at most. */
  readonly sets: readonly number[];
  readonly lastQty: Decimal;
  readonly lastPx: Decimal;
  /** Dollars, + received. */
  readonly cashChange: Decimal;
  /** One a symbol. */
  readonly trades: readonly Position[];
}

type FillOutcome = Filled['outcome'];

/** REPEATED: it was booked before, and was not again. */
export type Filled =
  | {
      readonly outcome: 'FILLED' | 'REPEATED';
      /** The reservation was no longer working. */
      readonly isLate: boolean;
      readonly reservation: StoredReservation;
    }
  | { readonly outcome: 'DIFFERENT' | 'OVERFILLED' | 'TOO_LARGE' | 'UNKNOWN' };

export type Ended =
  | { readonly outcome: 'ENDED'; readonly reservation: StoredReservation }
  | { readonly outcome: 'UNKNOWN' | 'ENDED_BEFORE' | 'CHANGED' };

const COLUMNS = `r.id, r.account_id, r.desk, r.held_cents, r.orders, r.leaves::text[] AS leaves, r.valid_until,
  r.replaced_id, r.version, r.created_at, r.updated_at`;
/** What has run out is gone, also where nobody has swept it yet. */
const STATE_NOW = `CASE WHEN r.state = 'WORKING' AND r.valid_until <= now() THEN 'EXPIRED' ELSE r.state::text END`;

// One statement, so that the version and what it stands for are of one moment.
const CHANGES = `
  SELECT a.hold_version, r.state::text AS state, ${COLUMNS}
  FROM accounts a LEFT JOIN reservations r
    ON r.account_id = a.id AND r.hold_version > $2 AND ($2 > 0 OR r.state = 'WORKING')
  WHERE a.id = $1`;
const FIND = `SELECT ${STATE_NOW} AS state, ${COLUMNS} FROM reservations r WHERE r.id = $1::uuid`;
const FILLED = `
  SELECT f.late, ${STATE_NOW} AS state, ${COLUMNS} FROM reservations r
  JOIN fills f ON f.reservation_id = r.id AND f.exec_id = $2 WHERE r.id = $1::uuid`;
const LIST = `
  SELECT ${STATE_NOW} AS state, ${COLUMNS} FROM reservations r
  WHERE r.account_id = $1 AND ($2::text IS NULL OR ${STATE_NOW} = $2)
    AND ($3::timestamptz IS NULL OR (r.created_at, r.id) < ($3, $4::uuid))
  ORDER BY r.created_at DESC, r.id DESC LIMIT $5`;
const DUE = `
  SELECT account_id FROM reservations WHERE state = 'WORKING' AND valid_until <= now() GROUP BY account_id LIMIT $1`;
const END = 'SELECT end_reservation($1::uuid, $2::reservation_state, $3::int) AS outcome';
const FILL = `SELECT fill_reservation($1::uuid, $2, $3, $4::int, $5::numeric[], $6::numeric, $7::numeric, $8::numeric,
  $9::text[], $10::numeric[], $11::int[]) AS outcome`;

export class ReservationRepository {
  constructor(private readonly database: Database) {}

  /** Undefined where there is no such account. */
  async changesSince(accountId: string, holdVersion: number): Promise<ReservationChanges | undefined> {
    const values = [accountId, holdVersion];
    const { rows } = await this.database.pool.query<ReservationRow & { hold_version: string }>({
      ...{ name: 'reservation-changes', text: CHANGES, values },
    });
    if (rows.length === 0) return undefined;
    const changed = rows.filter(({ id }) => id !== null).map(storedReservation);
    return { holdVersion: Number(rows[0].hold_version), changed };
  }

  async find(id: string): Promise<StoredReservation | undefined> {
    const { rows } = await this.database.pool.query<ReservationRow>({ name: 'reservation', text: FIND, values: [id] });
    return rows.length === 0 ? undefined : storedReservation(rows[0]);
  }

  /** The latest first. */
  async list({ accountId, state, after, limit }: ReservationPage): Promise<readonly StoredReservation[]> {
    const values = [accountId, state ?? null, after?.createdAt ?? null, after?.id ?? null, limit];
    const { rows } = await this.database.pool.query<ReservationRow>({ name: 'reservations', text: LIST, values });
    return rows.map(storedReservation);
  }

  /** Ends what has run out of an account. */
  async expire(accountId: string): Promise<void> {
    await this.database.pool.query({ name: 'expire', text: 'SELECT expire_reservations($1)', values: [accountId] });
  }

  /** Accounts some of whose reservations have run out, `most` at most. */
  async due(most: number): Promise<readonly string[]> {
    const { rows } = await this.database.pool.query<{ account_id: string }>({ name: 'due', text: DUE, values: [most] });
    return rows.map(({ account_id }) => account_id);
  }

  /** `version`: only where it is at that one. */
  async end(id: string, state: 'CANCELLED' | 'EXPIRED', version: number | undefined): Promise<Ended> {
    const [{ outcome }] = await this.ask<{ outcome: Ended['outcome'] }>(END, [id, state, version ?? null]);
    if (outcome !== 'ENDED') return { outcome };
    const [row] = await this.ask<ReservationRow>(FIND, [id]);
    return { outcome, reservation: storedReservation(row) };
  }

  /** Turns a part of a hold into positions and cash. */
  async fill(execution: Execution): Promise<Filled> {
    const { reservationId, execId, clOrdId, place, orderQuantities, lastQty, lastPx, cashChange, trades, sets } =
      execution;
    const symbols = trades.map(({ symbol }) => symbol);
    await registerInstruments(this.database.transactions.open ?? this.database.prisma, symbols);
    const [{ outcome }] = await this.ask<{ outcome: FillOutcome }>(FILL, [
      ...[reservationId, execId, clOrdId, place + 1, texts(orderQuantities), lastQty.toFixed(), lastPx.toFixed()],
      ...[cashChange.toFixed(), symbols, texts(trades.map(({ quantity }) => quantity)), sets],
    ]);
    if (outcome !== 'FILLED' && outcome !== 'REPEATED') return { outcome };
    const [row] = await this.ask<ReservationRow & { late: boolean }>(FILLED, [reservationId, execId]);
    return { outcome, isLate: row.late, reservation: storedReservation(row) };
  }

  /** Each change is one statement: the account is locked no longer than that, but in a transaction around it. */
  private async ask<Row extends object>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    const { open } = this.database.transactions;
    if (open !== undefined) return open.$queryRawUnsafe<Row[]>(text, ...values);
    return (await this.database.pool.query<Row>(text, [...values])).rows;
  }
}

const texts = (numbers: readonly Decimal[]): string[] => numbers.map((number) => number.toFixed());

interface ReservationRow {
  readonly id: string;
  readonly account_id: string;
  readonly desk: string;
  readonly state: ReservationState;
  readonly held_cents: string | bigint;
  readonly orders: string;
  readonly leaves: readonly string[];
  readonly valid_until: Date;
  readonly replaced_id: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function storedReservation(row: ReservationRow): StoredReservation {
  return {
    id: row.id,
    accountId: row.account_id,
    desk: row.desk,
    state: row.state,
    heldCents: Number(row.held_cents),
    orders: row.orders,
    leaves: row.leaves.map((units) => new Decimal(units)),
    validUntil: row.valid_until,
    replacedId: row.replaced_id,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
