import { Client } from 'pg';
import type { Database } from '../database.js';
import { REPRICE_CHANNEL, type RunEvent } from './run-event.js';

/** A result and the event by which it became visible. */
export interface LiveResult {
  readonly eventId: number;
  readonly runId: string;
  readonly accountId: string;
  readonly desk: string;
  readonly requirement: string;
  readonly regulatoryRequirement: string;
  readonly maintenanceExcess: string;
  readonly equity: string;
}

const EVENT = `id::float8 AS id, run_id AS "runId", state, first, last, accounts`;
const LIVE = `
  SELECT e.id::float8 AS "eventId", r.run_id AS "runId", r.account_id AS "accountId", r.desk, r.requirement::text,
         r.regulatory_requirement::text AS "regulatoryRequirement", r.maintenance_excess::text AS "maintenanceExcess",
         r.equity::text
  FROM reprice_events e
  JOIN reprice_results r ON r.run_id = e.run_id AND r.account_id BETWEEN e.first AND e.last
  WHERE e.state IS NULL`;

const PAUSE_MILLISECONDS = 1_000;

export class RunEventRepository {
  constructor(private readonly database: Database) {}

  /** Events after `after`, in order; of one run or of all. */
  async after(after: number, limit: number, runId: string | null = null): Promise<readonly RunEvent[]> {
    const { rows } = await this.database.pool.query<RunEvent>(
      `SELECT ${EVENT} FROM reprice_events WHERE id > $1 AND ($2::uuid IS NULL OR run_id = $2) ORDER BY id LIMIT $3`,
      [after, runId, limit],
    );
    return rows;
  }

  /** The number of the last event there is; 0 before the first. */
  async last(): Promise<number> {
    const { rows } = await this.database.pool.query<{ id: number }>(
      'SELECT coalesce(max(id), 0)::float8 AS id FROM reprice_events',
    );
    return rows[0].id;
  }

  /** A place right before the latest result of an account; the last one where it has none. */
  async placeBeforeLatest(accountId: string): Promise<number> {
    const { rows } = await this.database.pool.query<{ id: number }>(
      `SELECT coalesce(
         (SELECT e.id - 1 FROM reprice_events e
          WHERE e.state IS NULL AND $1 BETWEEN e.first AND e.last
            AND EXISTS (SELECT 1 FROM reprice_results r WHERE r.run_id = e.run_id AND r.account_id = $1)
          ORDER BY e.id DESC LIMIT 1),
         (SELECT max(id) FROM reprice_events), 0)::float8 AS id`,
      [accountId],
    );
    return rows[0].id;
  }

  /** What events after `after`, up to `upTo`, brought for these accounts, in order. */
  async ofAccounts(after: number, upTo: number, accountIds: readonly string[]): Promise<readonly LiveResult[]> {
    const { rows } = await this.database.pool.query<LiveResult>(
      `${LIVE} AND e.id > $1 AND e.id <= $2 AND r.account_id = ANY ($3) ORDER BY e.id, r.account_id`,
      [after, upTo, accountIds],
    );
    return rows;
  }

  /** The same for the accounts of these desks. */
  async ofDesks(after: number, upTo: number, desks: readonly string[]): Promise<readonly LiveResult[]> {
    const { rows } = await this.database.pool.query<LiveResult>(
      `${LIVE} AND e.id > $1 AND e.id <= $2 AND r.desk = ANY ($3) ORDER BY e.id, r.account_id`,
      [after, upTo, desks],
    );
    return rows;
  }

  /** Calls `wake` whenever something may have happened, and after every reconnection; what did is in the table. */
  listen(wake: () => void): { close(): Promise<void> } {
    let client: Client | undefined;
    let isClosed = false;
    let timer: NodeJS.Timeout | undefined;
    const connect = async (): Promise<void> => {
      const next = new Client({ connectionString: this.database.url, application_name: 'marginal events' });
      client = next;
      const again = (): void => {
        next.removeAllListeners();
        next.on('error', () => undefined);
        void next.end().catch(() => undefined);
        if (!isClosed) timer = setTimeout(() => void connect(), PAUSE_MILLISECONDS);
      };
      next.on('error', again);
      next.on('end', again);
      next.on('notification', wake);
      try {
        await next.connect();
        await next.query(`LISTEN ${REPRICE_CHANNEL}`);
        wake();
      } catch {
        again();
      }
    };
    void connect();
    return {
      async close() {
        isClosed = true;
        clearTimeout(timer);
        client?.removeAllListeners();
        client?.on('error', () => undefined);
        await client?.end().catch(() => undefined);
      },
    };
  }
}
