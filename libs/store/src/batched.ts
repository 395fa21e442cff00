interface Waiting<K, V> {
  readonly key: K;
  readonly weight: number;
  readonly resolve: (value: V) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchLimits<K> {
  /** Callers of one statement; more would only lengthen the wait of the first. */
  readonly most: number;
  /** Statements under way at the same time. Default 1. */
  readonly atOnce?: number;
  /** What those who wait have to weigh together before a statement is begun beside another. Default 1. */
  readonly crowd?: number;
  /** A statement takes no further key once its keys weigh this together. Default: without bound. */
  readonly heaviest?: number;
  /** What a key costs beside the statement's own costs. Default 1. */
  readonly weight?: (key: K) => number;
}

/**
 * One statement for many callers: keys asked for while `atOnce` statements are under way go together in the next one.
 * With one caller nothing waits; with hundreds a statement's cost is shared by all of them, and every answer is still
 * read or written after it was asked for, so none is stale.
 *
 * `run` answers key by key, in order; when it fails, every caller of that batch gets the error.
 */
export function batched<K, V>(
  run: (keys: readonly K[]) => Promise<readonly V[]>,
  { most, atOnce = 1, crowd = 1, heaviest = Infinity, weight = () => 1 }: BatchLimits<K>,
): (key: K) => Promise<V> {
  let queue: Waiting<K, V>[] = [];
  let waiting = 0;
  let running = 0;
  let isDue = false;

  const next = (): Waiting<K, V>[] => {
    let count = 0;
    let heavy = 0;
    while (count < queue.length && count < most && heavy < heaviest) heavy += queue[count++].weight;
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    waiting -= heavy;
    return batch;
  };

  const isWorthBeginning = (): boolean => (running === 0 ? queue.length > 0 : running < atOnce && waiting >= crowd);

  const runNext = async (): Promise<void> => {
    running++;
    const batch = next();
    try {
      const values = await run(batch.map(({ key }) => key));
      batch.forEach(({ resolve }, index) => resolve(values[index]));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
    running--;
    begin();
  };

  const begin = (): void => {
    while (isWorthBeginning()) void runNext();
  };

  return (key) =>
    new Promise((resolve, reject) => {
      const entry = { key, weight: weight(key), resolve, reject };
      queue.push(entry);
      waiting += entry.weight;
      if (isDue || !isWorthBeginning()) return;
      isDue = true;
      // Requests that arrived in one turn of the event loop go together.
      setImmediate(() => {
        isDue = false;
        begin();
      });
    });
}
