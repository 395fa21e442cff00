import type { Client } from 'pg';
import type { Database } from '../database.js';
import { copyIn } from '../snapshot-import/copy.js';
import { bookConnection } from './book-connection.js';
import { BookError } from './book-error.js';
import { type BookPlan, generatedAccount, type GeneratedAccount, generatedId } from './generated-account.js';
import { storedBookMarket } from './stored-book-market.js';

export interface BookOrder extends Omit<BookPlan, 'feed'> {
  readonly accounts: number;
  readonly snapshotId: string;
  /** Told after each commit. */
  readonly onProgress?: (accountsDone: number) => void;
}

/** Accounts of one transaction: bounds memory, and what a failure leaves to be removed. */
const ACCOUNTS_AT_ONCE = 1_000;

const ACCOUNTS = `COPY accounts (id, name, desk, type, methodology, cash, feed, updated_at) FROM STDIN`;
const POSITIONS = `COPY positions (account_id, symbol, quantity) FROM STDIN`;

/**
 * Generates accounts on a stored snapshot and loads them by COPY, batch by batch.
 * @throws BookError where any account of the seed is there already, or the snapshot has too little to build on.
 */
export async function loadBooks(database: Database, order: BookOrder): Promise<void> {
  const { feed, market, margin } = await storedBookMarket(database, order.snapshotId);
  const plan: BookPlan = { ...order, feed };
  await bookConnection(database, async (client) => {
    await refuseExisting(client, plan.seed);
    for (let begin = 0; begin < order.accounts; begin += ACCOUNTS_AT_ONCE) {
      const end = Math.min(begin + ACCOUNTS_AT_ONCE, order.accounts);
      const accounts = Array.from({ length: end - begin }, (_, i) => {
        const account = generatedAccount(plan, market, margin, begin + i);
        if (account === undefined)
          throw new BookError('The snapshot has fewer instruments than an account is to hold.');
        return account;
      });
      await copyAccounts(client, accounts);
      order.onProgress?.(end);
    }
    // The planner would take them for as small as they were.
    await client.query('ANALYZE accounts, positions');
  });
}

async function copyAccounts(client: Client, accounts: readonly GeneratedAccount[]): Promise<void> {
  await client.query('BEGIN');
  await copyIn(client, ACCOUNTS, accounts.map(accountLine));
  await copyIn(client, POSITIONS, accounts.flatMap(positionLines));
  await client.query('COMMIT');
}

function accountLine({ details }: GeneratedAccount): string {
  const { id, name, desk, type, methodology, cash, feed } = details;
  return `${[id, name, escaped(desk), type, methodology, cash.toFixed(), escaped(feed!), 'now'].join('\t')}\n`;
}

/** What COPY's text format would take for more than text. */
function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function positionLines({ details, positions }: GeneratedAccount): string[] {
  return positions.map(({ symbol, quantity }) => `${details.id}\t${symbol}\t${quantity.toFixed()}\n`);
}

async function refuseExisting(client: Client, seed: number): Promise<void> {
  const first = generatedId(seed, 0);
  const { rows } = await client.query('SELECT FROM accounts WHERE id >= $1 AND id LIKE $2 LIMIT 1', [
    first,
    `${first.slice(0, -7)}%`,
  ]);
  if (rows.length > 0) {
    throw new BookError(`Accounts of seed ${seed} are there already: take another seed, or remove them first.`);
  }
}
