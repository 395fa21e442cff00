import { createHash } from 'node:crypto';
import { KeyCache } from './key-cache.js';
import type { ApiKey, KeyStore } from './key-store.js';

/** A store in memory that counts how often it is asked. */
class CountingStore implements KeyStore {
  asked = 0;
  readonly keys = new Map<string, ApiKey>();

  add(secret: string): void {
    this.keys.set(createHash('sha256').update(secret).digest('hex'), {
      id: secret,
      name: 'one',
      role: 'DESK',
      desk: 'D',
    });
  }
  findByHash(hash: string): Promise<ApiKey | undefined> {
    this.asked++;
    return Promise.resolve(this.keys.get(hash));
  }
}

describe('KeyCache', () => {
  it('asks the store once for a key, also where many calls come at the same time', async () => {
    const store = new CountingStore();
    store.add('a');
    const cache = new KeyCache(store);
    const first = await Promise.all([cache.find('a'), cache.find('a'), cache.find('a')]);
    expect(first.map((key) => key?.id)).toEqual(['a', 'a', 'a']);
    expect(cache.find('a')).toEqual({ id: 'a', name: 'one', role: 'DESK', desk: 'D' }); // at once, no promise
    expect(store.asked).toBe(1);
  });

  it('does not remember that a key was unknown', async () => {
    const store = new CountingStore();
    const cache = new KeyCache(store);
    expect(await cache.find('b')).toBeUndefined();
    store.add('b');
    expect((await cache.find('b'))?.id).toBe('b');
  });

  it('does not remember a failure of the store', async () => {
    let failing = true;
    const key: ApiKey = { id: 'c', name: 'one', role: 'RISK', desk: null };
    const cache = new KeyCache({
      findByHash: () => (failing ? Promise.reject(new Error('away')) : Promise.resolve(key)),
    });
    await expect(cache.find('c')).rejects.toThrow('away');
    failing = false;
    expect(await cache.find('c')).toBe(key);
  });
});
