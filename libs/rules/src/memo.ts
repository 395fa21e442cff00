/** A number that every question asks for is worked out once; the same arguments give the same object. */
export function memo<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

/** The same for a question without arguments. */
export function once<V>(compute: () => V): () => V {
  const known = memo(compute);
  return () => known(undefined as never);
}
