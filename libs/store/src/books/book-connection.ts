import { Client } from 'pg';
import type { Database } from '../database.js';

/** A connection of its own: loading or removing takes longer than the pool's statements may. */
export async function bookConnection<R>(
  { url }: Pick<Database, 'url'>,
  work: (client: Client) => Promise<R>,
): Promise<R> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'marginal books',
  });
  // A connection that breaks fails the statement under way, which says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    // Ends an unfinished transaction as well.
    await client.end();
  }
}
