import { Client } from 'pg';
import { type Database, TAKE_ON_ROLE } from '../database.js';

/**
 * Runs `work` in one transaction on a connection of its own: an import takes longer than the pool's statements may,
 * and its temporary tables want more memory. What fails leaves nothing behind.
 */
export async function importTransaction<Result>(
  { url }: Pick<Database, 'url'>,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'marginal import',
  });
  // A connection that breaks fails the statement under way, which says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(TAKE_ON_ROLE);
    await client.query(`SET temp_buffers = '64MB'; SET work_mem = '64MB'; BEGIN`);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    // Ends an unfinished transaction as well.
    await client.end();
  }
}
