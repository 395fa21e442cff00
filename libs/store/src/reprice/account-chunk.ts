import type { Decimal } from 'decimal.js';
import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import type { Methodology } from '../generated/client.js';
import { BinaryReader } from './binary-reader.js';
import { type ChunkPositions, chunkPositions } from './chunk-positions.js';
import { copied } from './copied.js';
import type { RunBrief, RunChunk } from './reprice-run.js';
import { scopeCondition } from './run-scope.js';
import type { SymbolNumbers } from './symbol-numbers.js';

/** An account as a run margins it. */
export interface ChunkAccount {
  readonly id: string;
  readonly desk: string;
  readonly version: number;
  readonly methodology: Methodology;
  readonly cash: Decimal;
  readonly strictVolatility: boolean;
}

/** A chunk's accounts in id order, and what each of them holds at its place. */
export interface AccountChunk {
  readonly accounts: readonly ChunkAccount[];
  readonly positions: ChunkPositions;
}

/** Two COPYs of one moment, so that no account is read half changed. Symbols seen for the first time get their numbers. */
export async function accountChunk(
  pool: Pool,
  brief: RunBrief,
  chunk: RunChunk,
  symbols: SymbolNumbers,
): Promise<AccountChunk> {
  const { accounts, rows } = await inOneSnapshot(pool, async (client) => {
    const found = await accountsOf(client, brief, chunk);
    return { accounts: found, rows: await positionRows(client, brief, chunk, found) };
  });
  const places = new Map(accounts.map(({ id }, place) => [id, place]));
  return { accounts, positions: chunkPositions(rows, places, symbols) };
}

async function inOneSnapshot<T>(pool: Pool, read: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await read(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection with a failed or unfinished COPY on it is of no use to anybody.
    client.release(failure);
  }
}

async function accountsOf(
  client: PoolClient,
  brief: RunBrief,
  { first, last }: RunChunk,
): Promise<readonly ChunkAccount[]> {
  const sql = `
    COPY (
      SELECT id, desk, version, methodology::text, cash, strict_volatility FROM accounts a
      WHERE id BETWEEN ${escapeLiteral(first)} AND ${escapeLiteral(last)} AND ${scopeCondition(brief, brief.feed)}
      ORDER BY id
    ) TO STDOUT (FORMAT binary)`;
  const reader = new BinaryReader(await copied(client, sql));
  const accounts: ChunkAccount[] = [];
  while (reader.next()) {
    accounts.push({
      id: reader.ascii(),
      desk: reader.ascii(),
      version: reader.integer(),
      methodology: reader.ascii() as Methodology,
      cash: reader.decimal(),
      strictVolatility: reader.boolean(),
    });
  }
  return accounts;
}

async function positionRows(
  client: PoolClient,
  brief: RunBrief,
  { first, last }: RunChunk,
  accounts: readonly ChunkAccount[],
): Promise<BinaryReader> {
  // A list is a few accounts of a wide range: its positions are found by account, not by range.
  const range =
    brief.scope === 'ALL'
      ? `p.account_id BETWEEN ${escapeLiteral(first)} AND ${escapeLiteral(last)}`
      : `p.account_id IN (${accounts.map(({ id }) => escapeLiteral(id)).join(', ') || 'NULL'})`;
  const sql = `COPY (SELECT account_id, symbol, quantity FROM positions p WHERE ${range}) TO STDOUT (FORMAT binary)`;
  return new BinaryReader(await copied(client, sql));
}
