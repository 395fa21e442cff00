import { createHash } from 'node:crypto';
import type { Database } from './database.js';
import type { Transaction } from './transactions.js';

/** The answer a write was given. */
export interface StoredAnswer {
  /** Of what was asked. */
  readonly fingerprint: string;
  readonly status: number;
  /** Those that belong to the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Byte for byte. */
  readonly body: Buffer;
  readonly createdAt: Date;
}

/** A caller's key for one write: keys of other callers are other keys. */
export interface IdempotencyKey {
  readonly callerKeyId: string;
  readonly key: string;
}

/** What a write under a key came to: its own answer, the stored one, or that the same write is under way. */
export type KeyedOutcome<T> =
  | { readonly kind: 'DONE'; readonly value: T }
  | { readonly kind: 'ANSWERED'; readonly answer: StoredAnswer }
  | { readonly kind: 'IN_PROGRESS' };

type NewAnswer = Omit<StoredAnswer, 'createdAt'>;

/** A write that was carried out, or refused; what is refused changes nothing. `answer` null: not worth remembering. */
export interface KeyedWrite<T> {
  readonly value: T;
  readonly answer: NewAnswer | null;
  readonly isRefused: boolean;
}

/** The answer itself, or its part of a block of decisions. */
const FIND = `
  SELECT a.fingerprint, a.created_at, coalesce(a.status, b.statuses[a.place]) AS status,
         coalesce(a.headers, decision_part(b, a.place, false)) AS headers,
         coalesce(a.body, convert_to(decision_part(b, a.place, true), 'UTF8')) AS body
  FROM answers a LEFT JOIN decision_blocks b ON b.id = a.block_id
  WHERE a.key_id = $1 AND a.idempotency_key = $2`;

export class AnswerRepository {
  constructor(private readonly database: Database) {}

  async find({ callerKeyId, key }: IdempotencyKey): Promise<StoredAnswer | undefined> {
    const { rows } = await this.database.pool.query<AnswerRow>({
      name: 'answer',
      text: FIND,
      values: [callerKeyId, key],
    });
    return rows.length === 0 ? undefined : storedAnswer(rows[0]);
  }

  /**
   * Carries out a write once: its changes and its answer are one transaction. The key is locked while that lasts, by a
   * lock that ends with the connection, so that no write stays "in progress" after its process has died.
   */
  once<T>(key: IdempotencyKey, write: () => Promise<KeyedWrite<T>>): Promise<KeyedOutcome<T>> {
    return this.database.transactions.around(async (transaction) => {
      if (!(await isLocked(transaction, key))) return { kind: 'IN_PROGRESS' };
      const known = await this.find(key);
      if (known !== undefined) return { kind: 'ANSWERED', answer: known };
      await transaction.$executeRawUnsafe('SAVEPOINT effect');
      const { value, answer, isRefused } = await write();
      if (isRefused) await transaction.$executeRawUnsafe('ROLLBACK TO SAVEPOINT effect');
      if (answer !== null) await save(transaction, key, answer);
      return { kind: 'DONE', value };
    });
  }
}

async function isLocked(transaction: Transaction, { callerKeyId, key }: IdempotencyKey): Promise<boolean> {
  const digest = createHash('sha256').update(callerKeyId).update('\0').update(key).digest();
  const [{ locked }] = await transaction.$queryRawUnsafe<{ locked: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock($1::bigint) AS locked',
    digest.readBigInt64BE().toString(),
  );
  return locked;
}

async function save(
  transaction: Transaction,
  { callerKeyId, key }: IdempotencyKey,
  { fingerprint, status, headers, body }: NewAnswer,
): Promise<void> {
  await transaction.answer.create({
    data: {
      ...{ keyId: callerKeyId, idempotencyKey: key, fingerprint, status },
      ...{ headers: JSON.stringify(headers), body: new Uint8Array(body) },
    },
  });
}

interface AnswerRow {
  readonly fingerprint: string;
  readonly status: number;
  readonly headers: string;
  readonly body: Buffer;
  readonly created_at: Date;
}

function storedAnswer({ fingerprint, status, headers, body, created_at: createdAt }: AnswerRow): StoredAnswer {
  return { fingerprint, status, headers: JSON.parse(headers) as Record<string, string>, body, createdAt };
}
