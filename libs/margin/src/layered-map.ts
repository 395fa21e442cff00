/** Changes carried beside a base of n entries before they are written into a new base: copying them stays cheap. */
const LEAST_LAYER = 32;

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * A map that a changed copy can be had of at the cost of the changes: both share the base and differ in a layer of
 * what has changed since. Neither is ever altered. Order of iteration means nothing.
 */
export class LayeredMap<V extends object> implements ReadonlyMap<string, V> {
  private constructor(
    private readonly base: ReadonlyMap<string, V>,
    /** Undefined: gone. */
    private readonly layer: ReadonlyMap<string, V | undefined>,
    readonly size: number,
  ) {}

  static of<V extends object>(entries: ReadonlyMap<string, V> = new Map<string, V>()): LayeredMap<V> {
    return new LayeredMap<V>(entries, NOTHING, entries.size);
  }

  /** The same with `changes`: a value for each key, undefined to remove it. They are kept, and must not change any more. */
  with(changes: ReadonlyMap<string, V | undefined>): LayeredMap<V> {
    if (changes.size === 0) return this;
    // What comes to nothing is a base as it stands, but for what is gone.
    if (this.size === 0 && isWhole(changes)) return LayeredMap.of(changes);
    let { size } = this;
    for (const [key, value] of changes) size += Number(value !== undefined) - Number(this.has(key));
    const layer = this.layerWith(changes);
    // What nothing lies below is a base itself.
    if (this.base.size === 0) return new LayeredMap(layer as ReadonlyMap<string, V>, NOTHING, size);
    const changed = new LayeredMap(this.base, layer, size);
    const isThin = layer.size <= Math.max(LEAST_LAYER, Math.sqrt(this.base.size));
    return isThin ? changed : LayeredMap.of(new Map(changed.entries()));
  }

  private layerWith(changes: ReadonlyMap<string, V | undefined>): ReadonlyMap<string, V | undefined> {
    // A base of nothing must not get entries of what is gone.
    if (this.layer.size === 0 && this.base.size > 0) return changes;
    const layer = new Map(this.layer);
    for (const [key, value] of changes) {
      if (value === undefined && !this.base.has(key)) layer.delete(key);
      else layer.set(key, value);
    }
    return layer;
  }

  /** Keys that may differ: what has changed where both share a base, else all. */
  keysApart(other: LayeredMap<V>): Iterable<string> {
    return this.base === other.base
      ? new Set([...this.layer.keys(), ...other.layer.keys()])
      : new Set([...this.keys(), ...other.keys()]);
  }

  get(key: string): V | undefined {
    const { layer } = this;
    // Of what has not changed, and of what has, one look-up each.
    if (layer.size === 0) return this.base.get(key);
    return layer.get(key) ?? (layer.has(key) ? undefined : this.base.get(key));
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[string, V]> {
    for (const entry of this.base) if (!this.layer.has(entry[0])) yield entry;
    for (const [key, value] of this.layer) if (value !== undefined) yield [key, value];
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(callback: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }
}

function isWhole<V extends object>(changes: ReadonlyMap<string, V | undefined>): changes is ReadonlyMap<string, V> {
  for (const value of changes.values()) if (value === undefined) return false;
  return true;
}

/** Keys of what is in one map and not, or not the same, in the other; of one made from the other at the cost of the changes. */
export function changedKeys<V extends object>(
  before: ReadonlyMap<string, V>,
  after: ReadonlyMap<string, V>,
): readonly string[] {
  const keys =
    before instanceof LayeredMap && after instanceof LayeredMap
      ? (before as LayeredMap<V>).keysApart(after as LayeredMap<V>)
      : new Set([...before.keys(), ...after.keys()]);
  return Array.from(keys).filter((key) => before.get(key) !== after.get(key));
}
