import { type AppliedRule, appliedRule, type BookNumber, byParameter } from './applied-rule.js';
import { type HouseRule, narrowness, slotOf } from './house-rule.js';

/** Every number the rule book or a house rule sets. */
export function numbersInForce(
  rules: readonly HouseRule[],
  book: readonly BookNumber[],
  narrow: (rule: HouseRule) => number = narrowness,
): readonly AppliedRule[] {
  const houseRules = bySlot(rules);
  const ofBook = new Map(book.map((number) => [number.applied.parameter as string, number]));
  return [...new Set([...ofBook.keys(), ...houseRules.keys()])]
    .map((slot) => appliedRule(houseRules.get(slot) ?? [], ofBook.get(slot), narrow)!)
    .sort(byParameter);
}

export function bySlot(rules: readonly HouseRule[]): ReadonlyMap<string, readonly HouseRule[]> {
  const groups = new Map<string, HouseRule[]>();
  for (const rule of rules) {
    const slot = slotOf(rule);
    const known = groups.get(slot);
    if (known === undefined) groups.set(slot, [rule]);
    else known.push(rule);
  }
  return groups;
}

export function appliedSlot({ parameter, value, source }: AppliedRule): string {
  return source === 'house' ? slotOf({ parameter, value }) : parameter;
}

export function isChanged(applied: readonly AppliedRule[]): boolean {
  return applied.some(({ source }) => source === 'house');
}
