import { PrismaPg } from '@prisma/adapter-pg';
import { Client, type ClientBase, type ClientConfig, Pool } from 'pg';
import { CommitLine } from './commit-line.js';
import { PrismaClient } from './generated/client.js';
import { Transactions } from './transactions.js';

export interface DatabaseOptions {
  /** Connections at most, of Prisma and SQL together, without those of lines. Default 10. */
  readonly connectionsMax?: number;
  /** A statement that runs longer is cancelled; 0 never. Default 30,000. */
  readonly statementTimeoutMilliseconds?: number;
  /** A statement that waits longer for a lock is cancelled; 0 never. Default 5,000. */
  readonly lockTimeoutMilliseconds?: number;
  /** Told of a connection that broke while nobody used it; the pool has replaced it already. */
  readonly onConnectionLost?: (error: Error) => void;
}

/**
 * What applications run as: the migrations make it and say what it may do. Into the audit log it may insert, and neither
 * change nor delete there.
 */
export const APPLICATION_ROLE = 'marginal_app';

/** First statement of every connection of an application: refused, it leaves no connection to use. */
export const TAKE_ON_ROLE = `SET ROLE ${APPLICATION_ROLE}`;

/** The user of the connection may change the audit log, or the tables are not those of this version. */
export class DatabaseRoleError extends Error {
  override readonly name = 'DatabaseRoleError';
}

const MAY_CHANGE_LOG = `
  SELECT bool_or(has_table_privilege(current_user, log, 'UPDATE, DELETE, TRUNCATE')) AS may
  FROM unnest(ARRAY['audit_log', 'audit_heads']) AS log`;

/** Commits that go on their own at the same time. */
const LINES = 3;

/** One pool of connections: `prisma` for what is read and written by record, `pool` for SQL where speed counts. */
export class Database {
  /** For commits that others follow at once; connected when the first is sent. */
  readonly lines: readonly CommitLine[];
  /** For whatever changes more than one row: what is written under an idempotency key joins the answer's. */
  readonly transactions: Transactions;

  private constructor(
    readonly url: string,
    readonly pool: Pool,
    readonly prisma: PrismaClient,
    openLine: () => Promise<Client>,
  ) {
    this.transactions = new Transactions(prisma);
    this.lines = Array.from({ length: LINES }, () => new CommitLine(openLine));
  }

  /**
   * Connects once, so that a wrong address or password fails here and not at the first request. The database has been
   * migrated before.
   * @throws DatabaseRoleError where the audit log would not be safe from this connection.
   */
  static async open(url: string, options: DatabaseOptions = {}): Promise<Database> {
    const pool = openPool(url, options);
    try {
      const { rows } = await pool.query<{ may: boolean }>(MAY_CHANGE_LOG);
      if (rows[0].may) {
        const grants = `revoke its rights (and memberships) beyond what the migrations grant`;
        throw new DatabaseRoleError(`The role ${APPLICATION_ROLE} may change the audit log: ${grants}.`);
      }
    } catch (error) {
      await pool.end();
      throw error;
    }
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    return new Database(url, pool, prisma, () => openLine(url, options));
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await Promise.all([...this.lines.map((line) => line.close()), this.pool.end()]);
  }
}

function openPool(url: string, options: DatabaseOptions): Pool {
  const pool = new Pool({
    ...settings(url, options),
    max: options.connectionsMax ?? 10,
    // Awaited before the connection is handed out; where it fails there is no connection.
    onConnect: settleIn as (client: ClientBase) => void,
  });
  // Without a listener an idle connection that breaks (PostgreSQL restarts) would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  return pool;
}

async function openLine(url: string, options: DatabaseOptions): Promise<Client> {
  const client = new Client({ ...settings(url, options), pipeline: true });
  client.on('error', (error) => options.onConnectionLost?.(error));
  try {
    await client.connect();
    await settleIn(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return client;
}

function settings(url: string, options: DatabaseOptions): ClientConfig {
  return {
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: options.statementTimeoutMilliseconds ?? 30_000,
    lock_timeout: options.lockTimeoutMilliseconds ?? 5_000,
    // A transaction whose owner hangs would hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'marginal',
  };
}

/**
 * Statements are written for their indexes, whatever their parameters: planning each anew, as PostgreSQL would for most of
 * them, takes longer than running it.
 */
const PLAN_ONCE = 'SET plan_cache_mode = force_generic_plan';

async function settleIn(client: ClientBase): Promise<void> {
  await client.query(`${TAKE_ON_ROLE}; ${PLAN_ONCE}`);
}
