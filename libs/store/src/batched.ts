interface Waiting<K, V> {
  readonly key: K;
  readonly resolve: (value: V) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One statement for many callers: keys asked for while a statement is under way go together in the next one, at most
 * `most` at once. With one caller nothing waits; with hundreds a statement's cost is shared by all of them, and every
 * answer is still read or written after it was asked for, so none is stale.
 *
 * `run` answers key by key, in order; when it fails, every caller of that batch gets the error.
 */
export function batched<K, V>(
  run: (keys: readonly K[]) => Promise<readonly V[]>,
  most: number,
): (key: K) => Promise<V> {
  let queue: Waiting<K, V>[] = [];
  let running = false;

  const drain = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, most);
      queue = queue.slice(most);
      try {
        const values = await run(batch.map(({ key }) => key));
        batch.forEach(({ resolve }, index) => resolve(values[index]));
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    running = false;
  };

  return (key) =>
    new Promise((resolve, reject) => {
      queue.push({ key, resolve, reject });
      // Requests that arrived in one turn of the event loop go together.
      if (!running) setImmediate(() => running || void drain());
    });
}
