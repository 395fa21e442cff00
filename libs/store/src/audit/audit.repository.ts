import type { Pool, PoolClient } from 'pg';
import type { Database } from '../database.js';
import { AuditCheck, type AuditFault } from './audit-check.js';
import type { AuditEntry, AuditHead, ChangeState, NewAuditEntry } from './audit-entry.js';

/** Entries of one statement at most, so that a check of a long log needs little memory. */
const PAGE = 2_000;

/** The lock that the log's trigger takes: whoever holds it sees the log as it will be when the own entry is written. */
const LOG_LOCK = 7_246_813_591;

const COLUMNS = 'sequence, at, act, subject, state, author_key, author, reason, content, previous_hash, hash';
const AFTER = `SELECT ${COLUMNS} FROM audit_log WHERE sequence > $1 ORDER BY sequence LIMIT ${PAGE}`;
const APPEND = `
  INSERT INTO audit_log (act, subject, state, author_key, author, reason, content)
  VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`;

/** Rows of a statement, on whatever connection. */
export type Rows = <R extends object>(text: string, values: readonly unknown[]) => Promise<R[]>;

function rowsOf(connection: Pool | PoolClient): Rows {
  return async <R extends object>(text: string, values: readonly unknown[]) =>
    (await connection.query<R>(text, [...values])).rows;
}

/** Everything a check found out. */
export interface AuditReport {
  readonly head: AuditHead;
  readonly fault: AuditFault | undefined;
}

/** The log of changes: read and added to, never anything else. */
export class AuditRepository {
  constructor(private readonly database: Database) {}

  /** The entries after a number, in order, page by page. */
  async *entriesAfter(sequence: number, rows: Rows = rowsOf(this.database.pool)): AsyncGenerator<AuditEntry[]> {
    for (let last = sequence; ;) {
      const page = await rows<EntryRow>(AFTER, [last]);
      if (page.length > 0) yield page.map(auditEntry);
      if (page.length < PAGE) return;
      last = page[page.length - 1].sequence;
    }
  }

  /**
   * Adds the entry that `decide` makes once no other writer can come between: `rows` sees all entries written before.
   * Nothing is added for null, or when it throws. Under an idempotency key it is one transaction with the answer.
   */
  append(decide: (rows: Rows) => Promise<NewAuditEntry | null>): Promise<AuditEntry | null> {
    return this.database.transactions.run(async (transaction) => {
      await transaction.$executeRawUnsafe('SELECT pg_advisory_xact_lock($1::bigint)', LOG_LOCK);
      const rows: Rows = (text, values) => transaction.$queryRawUnsafe(text, ...values);
      const entry = await decide(rows);
      if (entry === null) return null;
      const [written] = await rows<EntryRow>(APPEND, appended(entry));
      return auditEntry(written);
    });
  }

  /** Reads the whole log; `kept` is a head that was kept elsewhere, `told` hears of every entry in order. */
  async check(
    kept: AuditHead | null = null,
    told: (entry: AuditEntry) => void = () => undefined,
  ): Promise<AuditReport> {
    const connection = await this.database.pool.connect();
    try {
      // Log and heads as of one moment, whoever writes meanwhile.
      await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const { rows } = await connection.query<AuditHead>('SELECT sequence, hash FROM audit_heads ORDER BY sequence');
      const check = new AuditCheck(rows, kept);
      for await (const page of this.entriesAfter(0, rowsOf(connection))) {
        const isWhole = page.every((entry) => {
          told(entry);
          return check.take(entry);
        });
        if (!isWhole) break;
      }
      return { head: check.head, fault: check.fault() };
    } finally {
      connection.release(true);
    }
  }
}

interface EntryRow {
  readonly sequence: number;
  readonly at: Date;
  readonly act: string;
  readonly subject: string;
  readonly state: ChangeState;
  readonly author_key: string;
  readonly author: string;
  readonly reason: string;
  readonly content: string;
  readonly previous_hash: string;
  readonly hash: string;
}

function appended({ act, subject, state, authorKey, author, reason, content }: NewAuditEntry): readonly string[] {
  return [act, subject, state, authorKey, author, reason, content];
}

function auditEntry({ at, author_key, previous_hash, ...row }: EntryRow): AuditEntry {
  return { ...row, at: at.toISOString(), authorKey: author_key, previousHash: previous_hash };
}
