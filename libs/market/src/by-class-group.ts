import type { Underlying } from './instrument.js';

/** What is held, by the class group of its underlying, in the order given. */
export function byClassGroup<T extends { readonly underlying: Pick<Underlying, 'classGroup'> }>(
  holdings: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of holdings) {
    const members = groups.get(entry.underlying.classGroup);
    if (members === undefined) groups.set(entry.underlying.classGroup, [entry]);
    else members.push(entry);
  }
  return groups;
}
