import { Pool, type PoolClient } from 'pg';

/** Between two statements of a short transaction. */
const IDLE_MILLISECONDS = 10_000;

/** Statements of the job engine on one connection that has a transaction open; the connection itself is for COPY. */
export class JobsTransaction {
  private isSettled = false;

  constructor(readonly client: PoolClient) {}

  async executeSql(text: string, values?: unknown[]): Promise<{ rows: never[] }> {
    // A statement that comes late would run in somebody else's session.
    if (this.isSettled) throw new Error('the transaction is settled already');
    return this.client.query<never>(text, values);
  }

  async settle(statement: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    if (this.isSettled) throw new Error('the transaction is settled already');
    this.isSettled = true;
    try {
      await this.client.query(statement);
      this.client.release();
    } catch (error) {
      this.client.release(error as Error);
      throw error;
    }
  }

  /** The connection is gone, or in the middle of a COPY: dropping it makes the server roll back. */
  drop(error: Error): void {
    if (this.isSettled) return;
    this.isSettled = true;
    this.client.release(error);
  }
}

export interface OpenTransaction {
  readonly db: JobsTransaction;
  readonly commit: () => Promise<void>;
  readonly rollback: () => Promise<void>;
}

/** The job engine's connections, apart from those that requests share. What it asks of a database: see pg-boss, IDatabase. */
export class JobsDatabase {
  private readonly pool: Pool;

  constructor(url: string, connectionsMax: number, onConnectionLost: (error: Error) => void) {
    this.pool = new Pool({
      connectionString: url,
      max: connectionsMax,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      // While a chunk is computed its transaction is idle, and has no locks yet.
      idle_in_transaction_session_timeout: 600_000,
      lock_timeout: 30_000,
      application_name: 'marginal jobs',
    });
    this.pool.on('error', onConnectionLost);
  }

  async executeSql(text: string, values?: unknown[]): Promise<{ rows: never[] }> {
    return this.pool.query<never>(text, values);
  }

  async beginTransaction(): Promise<OpenTransaction> {
    const client = await this.pool.connect();
    const db = new JobsTransaction(client);
    const lost = (error: Error): void => db.drop(error);
    client.on('error', lost);
    try {
      await client.query('BEGIN');
    } catch (error) {
      db.drop(error as Error);
      throw error;
    }
    const settled = (): void => void client.removeListener('error', lost);
    return {
      db,
      commit: () => db.settle('COMMIT').finally(settled),
      // The error path never fails: a connection on which this does not work is dropped.
      rollback: () =>
        db
          .settle('ROLLBACK')
          .catch(() => undefined)
          .finally(settled),
    };
  }

  /** One transaction, committed where `work` succeeds. */
  async transaction<T>(work: (transaction: JobsTransaction) => Promise<T>): Promise<T> {
    const { db, commit, rollback } = await this.beginTransaction();
    try {
      // Of whoever is cut off, the locks are not to last.
      await db.executeSql(`SET LOCAL idle_in_transaction_session_timeout = ${IDLE_MILLISECONDS}`);
      const result = await work(db);
      await commit();
      return result;
    } catch (error) {
      await rollback();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
