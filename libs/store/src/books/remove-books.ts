import type { Database } from '../database.js';
import { GENERATED_PREFIX } from './generated-account.js';
import { bookConnection } from './book-connection.js';

const ACCOUNTS_AT_ONCE = 5_000;
// Generated ones of one seed or of any; an account somebody else named so is not among them. What orders have been sent
// for keeps its history.
const NEXT = `
  SELECT id FROM accounts a WHERE id > $1 AND id ~ $2 AND name LIKE 'Generated: %'
    AND NOT EXISTS (SELECT FROM reservations r WHERE r.account_id = a.id)
  ORDER BY id LIMIT ${ACCOUNTS_AT_ONCE}`;
const REMOVE = 'DELETE FROM accounts WHERE id = ANY ($1)';

/**
 * Takes generated accounts away with all that hangs from them, margin calls included, but for accounts that orders have
 * been reserved for; `seed` undefined: those of every seed. How many. Answers about them stay: what was answered was
 * answered.
 */
export async function removeBooks(database: Database, seed: number | undefined): Promise<number> {
  const pattern = `^${GENERATED_PREFIX}${seed ?? '[0-9]+'}-[0-9]{7,}$`;
  return bookConnection(database, async (client) => {
    let removed = 0;
    for (let after = ''; ;) {
      const { rows } = await client.query<{ id: string }>(NEXT, [after, pattern]);
      if (rows.length === 0) return removed;
      const ids = rows.map(({ id }) => id);
      await client.query(REMOVE, [ids]);
      removed += ids.length;
      after = ids[ids.length - 1];
    }
  });
}
