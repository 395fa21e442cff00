import { type HouseRule, overlap, slotOf } from './house-rule.js';

/**
 * House rules that would leave two values for one number on one day: refused where rules are entered. `subjectOf` says
 * which account or group a rule of that scope is for, where the rules of several are looked at together. Each pair is in
 * the order of the list; pairs of one target are found one after the other along their dates.
 */
export function conflictingRules<R extends HouseRule>(
  houseRules: readonly R[],
  subjectOf: (rule: R) => string | null = () => null,
): readonly (readonly [R, R])[] {
  const targets = new Map<string, R[]>();
  for (const rule of houseRules) {
    const { scope, productClass, classGroup, symbol } = rule;
    const target = JSON.stringify([slotOf(rule), scope, subjectOf(rule), productClass, classGroup, symbol]);
    const known = targets.get(target);
    if (known === undefined) targets.set(target, [rule]);
    else known.push(rule);
  }
  const place = new Map(houseRules.map((rule, index) => [rule, index]));
  return [...targets.values()].flatMap(overlaps).map(([a, b]) => (place.get(a)! < place.get(b)! ? [a, b] : [b, a]));
}

/** Sorted by first day, a rule can only meet those that begin before it ends. */
function overlaps<R extends HouseRule>(rules: readonly R[]): [R, R][] {
  if (rules.length === 1) return [];
  const sorted = rules.toSorted(
    (a, b) => Number(a.effectiveFrom > b.effectiveFrom) - Number(a.effectiveFrom < b.effectiveFrom),
  );
  const pairs: [R, R][] = [];
  for (let i = 0; i < sorted.length; i++) {
    const last = sorted[i].effectiveTo;
    for (let j = i + 1; j < sorted.length && (last === null || sorted[j].effectiveFrom <= last); j++) {
      if (overlap(sorted[i], sorted[j])) pairs.push([sorted[i], sorted[j]]);
    }
  }
  return pairs;
}
