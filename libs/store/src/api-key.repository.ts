import { createHash, randomUUID } from 'node:crypto';
import type { Database } from './database.js';
import type { ApiKeyRole } from './generated/client.js';

export interface StoredApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: ApiKeyRole;
  /** The desk a DESK key acts for; null for the other roles. */
  readonly desk: string | null;
}

export interface ApiKeyDetails {
  readonly name: string;
  readonly role: ApiKeyRole;
  readonly desk: string | null;
}

/** A key as those who look after keys see it: what it is for, never what it is. */
export interface ListedApiKey extends StoredApiKey, ApiKeyDetails {
  readonly createdAt: Date;
  /** Null while it may be used. */
  readonly revokedAt: Date | null;
}

export class ApiKeyRepository {
  constructor(private readonly database: Database) {}

  /** Undefined for an unknown or revoked key. `hash`: SHA-256 of the key in lower-case hex. */
  async findByHash(hash: string): Promise<StoredApiKey | undefined> {
    const key = await this.database.prisma.apiKey.findUnique({ where: { hash } });
    if (key === null || key.revokedAt !== null) return undefined;
    const { id, name, role, desk } = key;
    return { id, name, role, desk };
  }

  /** Stores the hash of `key`; a key that is there already stays as it is. */
  async save(key: string, details: ApiKeyDetails): Promise<void> {
    const hash = createHash('sha256').update(key).digest('hex');
    await this.database.prisma.apiKey.createMany({
      data: [{ id: randomUUID(), hash, ...details }],
      skipDuplicates: true,
    });
  }

  /** Every key, the oldest first. */
  async list(): Promise<readonly ListedApiKey[]> {
    return this.database.prisma.apiKey.findMany({
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      omit: { hash: true },
    });
  }

  /** Ends a key for good; false where no key in use has this id, a UUID. */
  async revoke(id: string): Promise<boolean> {
    // The database's clock made `created_at`, and only the same clock is sure to be past it.
    const text = 'UPDATE api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL';
    const { rowCount } = await this.database.pool.query(text, [id]);
    return rowCount === 1;
  }
}
