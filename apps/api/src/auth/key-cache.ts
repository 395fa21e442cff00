import { hash as digest } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ApiKey, KeyStore } from './key-store.js';

/** A revoked key is refused at the latest this long after its revocation. */
const TTL_MS = 5_000;
const MAX_KEYS = 10_000;

/**
 * Keys seen in the last {@link TTL_MS} milliseconds. Looking one up costs more than the rest of a request, so a key is
 * read once per TTL however many calls it makes. Unknown keys are not kept: a new key works at once, and guesses
 * cannot push real keys out.
 */
export class KeyCache {
  private readonly keys = new LRUCache<string, ApiKey>({ max: MAX_KEYS, ttl: TTL_MS });
  private readonly pending = new Map<string, Promise<ApiKey | undefined>>();

  constructor(private readonly store: KeyStore) {}

  /** The key whose text is `secret`; only its hash is kept or passed on. */
  find(secret: string): ApiKey | Promise<ApiKey | undefined> {
    const hash = digest('sha256', secret, 'hex');
    return this.keys.get(hash) ?? this.pending.get(hash) ?? this.load(hash);
  }

  /** The same key where it is known without a look-up. */
  atHand(secret: string): ApiKey | undefined {
    return this.keys.get(digest('sha256', secret, 'hex'));
  }

  private load(hash: string): Promise<ApiKey | undefined> {
    const loading = this.store
      .findByHash(hash)
      .then((key) => {
        if (key !== undefined) this.keys.set(hash, key);
        return key;
      })
      .finally(() => this.pending.delete(hash));
    this.pending.set(hash, loading);
    return loading;
  }
}
