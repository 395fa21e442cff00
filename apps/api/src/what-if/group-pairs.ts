import type { ClassGroup, WhatIf } from '@app/margin';

/** A class group on both sides of the orders. */
export interface GroupPair {
  readonly before: ClassGroup | undefined;
  readonly after: ClassGroup | undefined;
  /** Whichever there is. */
  readonly line: ClassGroup;
}

type Groups = ReadonlyMap<string, ClassGroup>;
type Sides = Pick<WhatIf, 'before' | 'after'>;

/** Facts of an account's class groups are asked for as long as it does not change: each is worked out once. */
function ofGroups<T>(tell: (groups: Groups) => T): (groups: Groups) => T {
  const known = new WeakMap<Groups, { readonly fact: T }>();
  return (groups) => {
    const found = known.get(groups) ?? { fact: tell(groups) };
    known.set(groups, found);
    return found.fact;
  };
}

const sortedNames = ofGroups((groups): readonly string[] => [...groups.keys()].sort());
const hasDoubtful = ofGroups((groups) => [...groups.values()].some(({ doubtful }) => doubtful.size > 0));

/** Names of the class groups held before or after, in order: one list as long as orders add and close none. */
export function groupNames({ before, after }: Sides, changed: readonly string[]): readonly string[] {
  const names = sortedNames(before.classGroups);
  // As many, and none that changed is gone: none is new either.
  const isSame =
    before.classGroups.size === after.classGroups.size && changed.every((name) => after.classGroups.has(name));
  return isSame ? names : [...new Set([...names, ...after.classGroups.keys()])].sort();
}

/** Whether anything held before or after has a doubtful quote, volatility or forward. */
export function isAnyDoubtful({ before, after }: Sides, changed: readonly string[]): boolean {
  if (hasDoubtful(before.classGroups)) return true;
  return changed.some((name) => (after.classGroups.get(name)?.doubtful.size ?? 0) > 0);
}

export function groupPairs({ before, after }: Sides, names: readonly string[]): readonly GroupPair[] {
  return names.map((name) => {
    const pair = { before: before.classGroups.get(name), after: after.classGroups.get(name) };
    return { ...pair, line: (pair.after ?? pair.before)! };
  });
}

/** What is said of a pair, worked out once for a class group that orders leave as it is. */
export function ofUnchanged<T>(say: (pair: GroupPair) => T): (pair: GroupPair) => T {
  const known = new WeakMap<ClassGroup, T>();
  return (pair) => {
    if (pair.before !== pair.after) return say(pair);
    const value = known.get(pair.line) ?? say(pair);
    known.set(pair.line, value);
    return value;
  };
}
