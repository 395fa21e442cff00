import type { Pool, PoolClient } from 'pg';

/** Runs `work` in one transaction: all of it is stored, or nothing. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // The server rolls back what a dropped connection left open.
    client.release(error as Error);
    throw error;
  }
}
