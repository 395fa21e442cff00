import type { ClassGroup, WhatIf } from '@app/margin';

/** A class group on both sides of the orders. */
export interface GroupPair {
  readonly before: ClassGroup | undefined;
  readonly after: ClassGroup | undefined;
  /** Whichever there is. */
  readonly line: ClassGroup;
}

type Groups = ReadonlyMap<string, ClassGroup>;

/** An account's groups are asked for as long as it does not change: sorting them again each time costs more than an answer. */
const namesOfGroups = new WeakMap<Groups, readonly string[]>();

function sortedNames(groups: Groups): readonly string[] {
  const names = namesOfGroups.get(groups) ?? [...groups.keys()].sort();
  namesOfGroups.set(groups, names);
  return names;
}

/** Names of the class groups held before or after, in order: one list as long as orders add and close none. */
export function groupNames(result: WhatIf | undefined): readonly string[] {
  if (result === undefined) return [];
  const { before, after } = result;
  const names = sortedNames(before.classGroups);
  const isSame = after.classGroups.size === names.length && names.every((name) => after.classGroups.has(name));
  return isSame ? names : [...new Set([...names, ...after.classGroups.keys()])].sort();
}

export function groupPairs(result: WhatIf | undefined, names: readonly string[]): readonly GroupPair[] {
  return names.map((name) => {
    const pair = { before: result?.before.classGroups.get(name), after: result?.after.classGroups.get(name) };
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
