import { Decimal } from 'decimal.js';
import { decimalOf, netPositions, type Position } from '@app/portfolio';
import { type AccountStanding, accountStanding, STANDINGS_OF_ASKED, type StandingRow } from './account-standing.js';
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
  WITH asked AS (SELECT id, place FROM unnest($1::text[]) WITH ORDINALITY AS asked (id, place))
  ${STANDINGS_OF_ASKED} ORDER BY asked.place`;

/**
 * Accounts read by one statement: their positions take longer than their rows, and what is read of some can be worked on
 * while others are read.
 */
const ACCOUNTS_AT_ONCE = 8;
const READS_AT_ONCE = 2;

// One statement, so that positions and version are of one moment. Positions are lines of a text: PostgreSQL writes an array
// with quotes and escapes, which takes longer to read than all the rest, and symbols hold printable characters alone.
const COLUMNS = `
  a.id, a.name, a.desk, a.type, a.methodology, a.cash::text, a.strict_volatility, a.feed, a.version,
  a.created_at, a.updated_at, p.held`;
const POSITIONS = `
  SELECT string_agg(symbol || E'\\t' || trim_scale(quantity), E'\\n') AS held FROM positions WHERE account_id = a.id`;

const ACCOUNTS = `
  SELECT ${COLUMNS} FROM accounts a, LATERAL (${POSITIONS}) p WHERE a.id = ANY ($1)`;

// The page is cut before positions are gathered.
const ACCOUNTS_AFTER = `
  SELECT ${COLUMNS}
  FROM (
    SELECT * FROM accounts
    WHERE id > $1 AND ($2::text[] IS NULL OR id = ANY ($2)) ORDER BY id LIMIT $3
  ) a, LATERAL (${POSITIONS}) p
  ORDER BY a.id`;

export class AccountRepository {
  /** Undefined where there is no such account. */
  readonly standing: (id: string) => Promise<AccountStanding | undefined>;
  /** The account with what it holds; undefined where there is none. */
  readonly find: (id: string) => Promise<StoredAccount | undefined>;

  constructor(private readonly database: Database) {
    this.standing = batched((ids) => this.standings(ids), { most: STANDINGS_AT_ONCE });
    this.find = batched((ids) => this.accounts(ids), { most: ACCOUNTS_AT_ONCE, atOnce: READS_AT_ONCE });
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
      const { rows } = await this.database.pool.query<AccountRow>({
        name: 'accounts-after',
        text: ACCOUNTS_AFTER,
        values,
      });
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

  private async accounts(ids: readonly string[]): Promise<readonly (StoredAccount | undefined)[]> {
    const { rows } = await this.database.pool.query<AccountRow>({ name: 'accounts', text: ACCOUNTS, values: [ids] });
    const found = new Map(rows.map((row) => [row.id, storedAccount(row)]));
    return ids.map((id) => found.get(id));
  }

  private async standings(ids: readonly string[]): Promise<readonly (AccountStanding | undefined)[]> {
    const { rows } = await this.database.pool.query<StandingRow>({
      name: 'standings',
      text: STANDINGS,
      values: [ids],
    });
    return rows.map(accountStanding);
  }
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
  /** A line a position, symbol and quantity; null where nothing is held. */
  readonly held: string | null;
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
    positions: row.held === null ? [] : heldPositions(row.held),
  };
}

/** Sorted here, by code unit: PostgreSQL would sort by its collation, or pay more for another. */
function heldPositions(held: string): readonly Position[] {
  const lines = held.split('\n').map((line): Position => {
    const tab = line.indexOf('\t');
    return { symbol: line.slice(0, tab), quantity: decimalOf(line.slice(tab + 1)) };
  });
  return lines.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

function accountRow(details: AccountDetails) {
  return { ...details, cash: details.cash.toFixed() };
}

function positionRows(accountId: string, positions: readonly Position[]) {
  return positions.map(({ symbol, quantity }) => ({ accountId, symbol, quantity: quantity.toFixed() }));
}
