import { Decimal } from 'decimal.js';
import type { CalendarDate } from '@app/market';
import { type Cents, netPositions, type Position } from '@app/portfolio';
import { batched } from './batched.js';
import type { Database } from './database.js';
import type { AccountType, Methodology } from './generated/client.js';
import { registerInstruments } from './instrument.repository.js';

export interface AccountDetails {
  readonly id: string;
  readonly name: string;
  readonly desk: string;
  readonly type: AccountType;
  readonly methodology: Methodology;
  /** Dollars, + credit. */
  readonly cash: Decimal;
  readonly strictVolatility: boolean;
  /** The market feed that prices it; null takes the latest snapshot of any feed. */
  readonly feed: string | null;
}

export interface StoredAccount extends AccountDetails {
  /** Raised by every change of the account or of its positions. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** In symbol order. */
  readonly positions: readonly Position[];
}

/** What must be known afresh for every question about an account: small, and never from a cache. */
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
}

export interface AccountPage {
  /** Only this desk's; undefined for all. */
  readonly desk: string | undefined;
  /** Ids after this one. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** Callers of one statement at most; more would only lengthen the wait of the first. */
const STANDINGS_AT_ONCE = 256;

const STANDINGS = `
  SELECT a.id, a.desk, a.version, a.hold_version, s.id AS snapshot_id, s.as_of,
         (SELECT coalesce(max(sequence), 0) FROM audit_log) AS house_rules_stamp,
         c.id AS call_id, c.due_on::text, c.amount::float8 AS call_amount
  FROM unnest($1::text[]) WITH ORDINALITY AS asked (id, place)
  LEFT JOIN accounts a ON a.id = asked.id
  LEFT JOIN LATERAL (
    SELECT m.id, m.as_of FROM market_snapshots m
    WHERE a.feed IS NULL OR m.feed = a.feed
    ORDER BY m.as_of DESC, m.created_at DESC LIMIT 1
  ) s ON true
  LEFT JOIN LATERAL (
    SELECT id, due_on, amount FROM margin_calls
    WHERE account_id = a.id AND state = 'OPEN' ORDER BY due_on, id LIMIT 1
  ) c ON true
  ORDER BY asked.place`;

// One statement, so that positions and version are of one moment.
const ACCOUNT = `
  SELECT a.id, a.name, a.desk, a.type, a.methodology, a.cash::text, a.strict_volatility, a.feed, a.version,
         a.created_at, a.updated_at, p.symbols, p.quantities
  FROM accounts a, LATERAL (
    SELECT coalesce(array_agg(symbol ORDER BY symbol COLLATE "C"), '{}') AS symbols,
           coalesce(array_agg(quantity::text ORDER BY symbol COLLATE "C"), '{}') AS quantities
    FROM positions WHERE account_id = a.id
  ) p
  WHERE a.id = $1`;

// The page is cut before positions are gathered.
const ACCOUNTS_AFTER = `
  SELECT a.id, a.name, a.desk, a.type, a.methodology, a.cash::text, a.strict_volatility, a.feed, a.version,
         a.created_at, a.updated_at, p.symbols, p.quantities
  FROM (
    SELECT * FROM accounts
    WHERE id > $1 AND ($2::text[] IS NULL OR id = ANY ($2)) ORDER BY id LIMIT $3
  ) a, LATERAL (
    SELECT coalesce(array_agg(symbol ORDER BY symbol COLLATE "C"), '{}') AS symbols,
           coalesce(array_agg(quantity::text ORDER BY symbol COLLATE "C"), '{}') AS quantities
    FROM positions WHERE account_id = a.id
  ) p
  ORDER BY a.id`;

export class AccountRepository {
  /** Undefined where there is no such account. */
  readonly standing: (id: string) => Promise<AccountStanding | undefined>;

  constructor(private readonly database: Database) {
    this.standing = batched((ids) => this.standings(ids), STANDINGS_AT_ONCE);
  }

  async find(id: string): Promise<StoredAccount | undefined> {
    const { rows } = await this.database.pool.query<AccountRow>({ name: 'account', text: ACCOUNT, values: [id] });
    return rows.length === 0 ? undefined : storedAccount(rows[0]);
  }

  /** As stored; undefined where an account of that id exists already. */
  async create(details: AccountDetails, positions: readonly Position[]): Promise<StoredAccount | undefined> {
    return this.database.transactions.run(async (transaction) => {
      await registerInstruments(
        transaction,
        positions.map(({ symbol }) => symbol),
      );
      const data = [accountRow(details)];
      const [row] = await transaction.account.createManyAndReturn({ data, skipDuplicates: true });
      if (row === undefined) return undefined;
      await transaction.position.createMany({ data: positionRows(details.id, positions) });
      const { version, createdAt, updatedAt } = row;
      return { ...details, version, createdAt, updatedAt, positions: netPositions(positions) };
    });
  }

  /** Replaces cash (where given) and every position; false where the account is not at `version` any more. */
  async replacePositions(
    id: string,
    version: number,
    positions: readonly Position[],
    cash: Decimal | undefined,
  ): Promise<boolean> {
    return this.database.transactions.run(async (transaction) => {
      const { count } = await transaction.account.updateMany({
        where: { id, version },
        data: { version: { increment: 1 }, ...(cash && { cash: cash.toFixed() }) },
      });
      if (count === 0) return false;
      await registerInstruments(
        transaction,
        positions.map(({ symbol }) => symbol),
      );
      await transaction.position.deleteMany({ where: { accountId: id } });
      await transaction.position.createMany({ data: positionRows(id, positions) });
      return true;
    });
  }

  /** Which of the ids are accounts. */
  async existing(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const text = 'SELECT id FROM accounts WHERE id = ANY ($1)';
    const { rows } = await this.database.pool.query<{ id: string }>(text, [ids]);
    return new Set(rows.map(({ id }) => id));
  }

  /** All accounts (or those of `ids`) with what they hold, in id order, page by page: never more than a page in memory. */
  async *withPositions(ids: readonly string[] | null, pageSize: number): AsyncGenerator<readonly StoredAccount[]> {
    for (let after = ''; ;) {
      const values = [after, ids, pageSize];
      const { rows } = await this.database.pool.query<AccountRow>({ name: 'accounts', text: ACCOUNTS_AFTER, values });
      if (rows.length > 0) yield rows.map(storedAccount);
      if (rows.length < pageSize) return;
      after = rows[rows.length - 1].id;
    }
  }

  /** A page in id order, without positions. */
  async list({ desk, after, limit }: AccountPage): Promise<readonly Omit<StoredAccount, 'positions'>[]> {
    const accounts = await this.database.prisma.account.findMany({
      where: { ...(desk !== undefined && { desk }), ...(after !== undefined && { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return accounts.map((account) => ({ ...account, cash: new Decimal(account.cash.toFixed()) }));
  }

  private async standings(ids: readonly string[]): Promise<readonly (AccountStanding | undefined)[]> {
    const { rows } = await this.database.pool.query<StandingRow>({
      name: 'standings',
      text: STANDINGS,
      values: [ids],
    });
    return rows.map((row) =>
      row.id === null
        ? undefined
        : {
            id: row.id,
            desk: row.desk!,
            version: row.version!,
            holdVersion: Number(row.hold_version),
            snapshot: row.snapshot_id === null ? null : { id: row.snapshot_id, asOf: row.as_of! },
            houseRulesStamp: row.house_rules_stamp,
            firstCall: row.call_id === null ? null : { id: row.call_id, dueOn: row.due_on!, amount: row.call_amount! },
          },
    );
  }
}

/** All null, but for the stamp, where there is no such account. */
interface StandingRow {
  readonly id: string | null;
  readonly desk: string | null;
  readonly version: number | null;
  readonly hold_version: string | null;
  readonly snapshot_id: string | null;
  readonly as_of: Date | null;
  readonly house_rules_stamp: number;
  readonly call_id: string | null;
  readonly due_on: CalendarDate | null;
  readonly call_amount: Cents | null;
}

interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly desk: string;
  readonly type: AccountType;
  readonly methodology: Methodology;
  readonly cash: string;
  readonly strict_volatility: boolean;
  readonly feed: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly symbols: readonly string[];
  readonly quantities: readonly string[];
}

function storedAccount(row: AccountRow): StoredAccount {
  return {
    id: row.id,
    name: row.name,
    desk: row.desk,
    type: row.type,
    methodology: row.methodology,
    cash: new Decimal(row.cash),
    strictVolatility: row.strict_volatility,
    feed: row.feed,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    positions: row.symbols.map((symbol, index) => ({ symbol, quantity: new Decimal(row.quantities[index]) })),
  };
}

function accountRow(details: AccountDetails) {
  return { ...details, cash: details.cash.toFixed() };
}

function positionRows(accountId: string, positions: readonly Position[]) {
  return positions.map(({ symbol, quantity }) => ({ accountId, symbol, quantity: quantity.toFixed() }));
}
