import { Decimal } from 'decimal.js';
import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import type { Position } from '@app/portfolio';
import type { Methodology } from '../generated/client.js';
import { BinaryReader } from './binary-reader.js';
import { copied } from './copied.js';
import type { RunBrief, RunChunk } from './reprice-run.js';
import { scopeCondition } from './run-scope.js';

/** An account as a run margins it. */
export interface ChunkAccount {
  readonly id: string;
  readonly desk: string;
  readonly version: number;
  readonly methodology: Methodology;
  readonly cash: Decimal;
  readonly strictVolatility: boolean;
  /** What is held, one entry a symbol; whole quantities as numbers, which cost little. */
  readonly symbols: readonly string[];
  readonly quantities: readonly (number | Decimal)[];
}

/** The same as positions. */
export function positionsOf({ symbols, quantities }: ChunkAccount): readonly Position[] {
  return symbols.map((symbol, index) => ({ symbol, quantity: new Decimal(quantities[index]) }));
}

/** A chunk's accounts in id order with all they hold: two COPYs of one moment, so no account is read half changed. */
export async function accountChunk(pool: Pool, brief: RunBrief, chunk: RunChunk): Promise<readonly ChunkAccount[]> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const accounts = await accountsOf(client, brief, chunk);
    await addPositions(client, brief, chunk, accounts);
    await client.query('COMMIT');
    return [...accounts.values()];
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection with a failed or unfinished COPY on it is of no use to anybody.
    client.release(failure);
  }
}

interface Filling extends ChunkAccount {
  readonly symbols: string[];
  readonly quantities: (number | Decimal)[];
}

async function accountsOf(
  client: PoolClient,
  brief: RunBrief,
  { first, last }: RunChunk,
): Promise<Map<string, Filling>> {
  const sql = `
    COPY (
      SELECT id, desk, version, methodology::text, cash, strict_volatility FROM accounts a
      WHERE id BETWEEN ${escapeLiteral(first)} AND ${escapeLiteral(last)} AND ${scopeCondition(brief, brief.feed)}
      ORDER BY id
    ) TO STDOUT (FORMAT binary)`;
  const reader = new BinaryReader(await copied(client, sql));
  const accounts = new Map<string, Filling>();
  while (reader.next()) {
    const id = reader.ascii();
    accounts.set(id, {
      id,
      desk: reader.ascii(),
      version: reader.integer(),
      methodology: reader.ascii() as Methodology,
      cash: reader.decimal(),
      strictVolatility: reader.boolean(),
      symbols: [],
      quantities: [],
    });
  }
  return accounts;
}

async function addPositions(
  client: PoolClient,
  brief: RunBrief,
  { first, last }: RunChunk,
  accounts: ReadonlyMap<string, Filling>,
): Promise<void> {
  // A list is a few accounts of a wide range: its positions are found by account, not by range.
  const range =
    brief.scope === 'ALL'
      ? `p.account_id BETWEEN ${escapeLiteral(first)} AND ${escapeLiteral(last)}`
      : `p.account_id IN (${[...accounts.keys()].map((id) => escapeLiteral(id)).join(', ') || 'NULL'})`;
  const sql = `COPY (SELECT account_id, symbol, quantity FROM positions p WHERE ${range}) TO STDOUT (FORMAT binary)`;
  const reader = new BinaryReader(await copied(client, sql));
  let owner: Filling | undefined;
  while (reader.next()) {
    const id = reader.ascii();
    if (owner?.id !== id) owner = accounts.get(id);
    const symbol = reader.ascii();
    const quantity = reader.amount();
    owner?.symbols.push(symbol);
    owner?.quantities.push(quantity);
  }
}
