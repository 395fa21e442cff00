import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client.js';
import { Transactions } from './transactions.js';

export interface DatabaseOptions {
  /** Connections at most, of Prisma and SQL together. Default 10. */
  readonly connectionsMax?: number;
  /** A statement that runs longer is cancelled; 0 never. Default 30,000. */
  readonly statementTimeoutMilliseconds?: number;
  /** A statement that waits longer for a lock is cancelled; 0 never. Default 5,000. */
  readonly lockTimeoutMilliseconds?: number;
  /** Told of a connection that broke while nobody used it; the pool has replaced it already. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** One pool of connections: `prisma` for what is read and written by record, `pool` for SQL where speed counts. */
export class Database {
  /** For whatever changes more than one row: what is written under an idempotency key joins the answer's. */
  readonly transactions: Transactions;

  private constructor(
    readonly url: string,
    readonly pool: Pool,
    readonly prisma: PrismaClient,
  ) {
    this.transactions = new Transactions(prisma);
  }

  /** Connects once, so that a wrong address or password fails here and not at the first request. */
  static async open(url: string, options: DatabaseOptions = {}): Promise<Database> {
    const pool = openPool(url, options);
    try {
      await pool.query('SELECT 1');
    } catch (error) {
      await pool.end();
      throw error;
    }
    return new Database(url, pool, new PrismaClient({ adapter: new PrismaPg(pool) }));
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.pool.end();
  }
}

function openPool(url: string, options: DatabaseOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: options.connectionsMax ?? 10,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: options.statementTimeoutMilliseconds ?? 30_000,
    lock_timeout: options.lockTimeoutMilliseconds ?? 5_000,
    // A transaction whose owner hangs would hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'marginal',
  });
  // Without a listener an idle connection that breaks (PostgreSQL restarts) would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  return pool;
}
