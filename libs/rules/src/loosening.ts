import { type HouseRule, narrowness, overlap, slotOf } from './house-rule.js';
import { isLooserValue } from './strictness.js';

/**
 * Whether a change could leave anything with less to ask for, on any day: what a second person must approve. Null before
 * is a new rule, null after a withdrawn one. A new rule loosens where it is narrower than one of `others` and asks for
 * less: the narrower one wins. A withdrawal always may: what it overruled is not looked up.
 */
export function isLoosening(
  previous: HouseRule | null,
  next: HouseRule | null,
  others: readonly HouseRule[] = [],
): boolean {
  if (next === null) return previous !== null;
  if (previous !== null && (!sameNumber(previous, next) || isLooserValue(next.parameter, next.value, previous.value))) {
    return true;
  }
  if (previous !== null && !covers(next, previous)) return true;
  return others
    .filter(({ ruleId }) => ruleId !== previous?.ruleId && ruleId !== next.ruleId)
    .some((other) => overrules(next, other) && isLooserValue(next.parameter, next.value, other.value));
}

/** Whether both set the same number of the same thing. */
function sameNumber(a: HouseRule, b: HouseRule): boolean {
  return (
    slotOf(a) === slotOf(b) &&
    a.scope === b.scope &&
    a.productClass === b.productClass &&
    a.classGroup === b.classGroup &&
    a.symbol === b.symbol
  );
}

/** Whether `a` is in force on every day `b` is. */
function covers(a: HouseRule, b: HouseRule): boolean {
  const lasts = a.effectiveTo === null || (b.effectiveTo !== null && b.effectiveTo <= a.effectiveTo);
  return a.effectiveFrom <= b.effectiveFrom && lasts;
}

/** Whether there can be something that both bind, on some day, and that `rule` decides. */
function overrules(rule: HouseRule, other: HouseRule): boolean {
  return (
    slotOf(rule) === slotOf(other) &&
    overlap(rule, other) &&
    narrowness(rule) > narrowness(other) &&
    canMeet(rule.productClass, other.productClass) &&
    (rule.symbol !== null || other.symbol !== null || canMeet(rule.classGroup, other.classGroup))
  );
}

function canMeet(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}
