import { canMeet, type ClassGroupOf } from './meeting.js';
import { type HouseRule, narrowness, overlap, slotOf } from './house-rule.js';
import { PARAMETER_DEFINITIONS } from './parameter-definitions.js';
import { byStrictness, isLooserValue } from './strictness.js';

/**
 * Whether a change could leave anything with less to ask for, on any day: what a second person must approve. Null before
 * is a new rule, null after a withdrawn one. A rule loosens where it decides what one of `others` decided before, and
 * asks for less. A withdrawal always may: what it overruled is not looked up. Where `classGroupOf` does not know a symbol
 * it is taken to be in any class group.
 */
export function isLoosening(
  previous: HouseRule | null,
  next: HouseRule | null,
  others: readonly HouseRule[] = [],
  classGroupOf: ClassGroupOf = () => undefined,
): boolean {
  if (next === null) return previous !== null;
  if (previous !== null && isWeaker(previous, next)) return true;
  return others
    .filter(({ ruleId }) => ruleId !== previous?.ruleId && ruleId !== next.ruleId)
    .filter((other) => slotOf(other) === slotOf(next) && isLooserValue(next.parameter, next.value, other.value))
    .some((other) => newlyDecides(previous, next, other) && canMeet(next, other, classGroupOf));
}

/** Whether the changed rule by itself asks for less, of anything or on any day. */
function isWeaker(previous: HouseRule, next: HouseRule): boolean {
  return (
    !sameNumber(previous, next) || isLooserValue(next.parameter, next.value, previous.value) || !covers(next, previous)
  );
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

/** Whether `next` overrules `other` on some day on which `previous` did not. */
function newlyDecides(previous: HouseRule | null, next: HouseRule, other: HouseRule): boolean {
  if (!overlap(next, other)) return false;
  const ahead = narrowness(next) - narrowness(other);
  // A symbol's own rule goes before its underlying's, whatever else either names: where they meet, one may decide.
  if (!ofTwoSymbols(next, other)) {
    if (ahead < 0) return false;
    // As narrow, the stricter by its first number wins: a change of value can turn the tables.
    if (ahead === 0) return byStrictness(next.parameter, next.value, other.value) < 0;
  }
  return previous === null || meetsBefore(previous, next, other) || meetsAfter(previous, next, other);
}

function ofTwoSymbols({ parameter, symbol }: HouseRule, { symbol: other }: HouseRule): boolean {
  const { level } = PARAMETER_DEFINITIONS[parameter];
  return level === 'SYMBOL' && symbol !== null && other !== null && symbol !== other;
}

/** Whether `other` is in force on a day of `next` before `previous` began. */
function meetsBefore(previous: HouseRule, next: HouseRule, other: HouseRule): boolean {
  const begin = previous.effectiveFrom;
  const reaches = other.effectiveTo === null || other.effectiveTo >= next.effectiveFrom;
  return next.effectiveFrom < begin && other.effectiveFrom < begin && reaches;
}

/** Whether `other` is in force on a day of `next` after `previous` ended. */
function meetsAfter({ effectiveTo: end }: HouseRule, next: HouseRule, other: HouseRule): boolean {
  if (end === null) return false;
  const outlasts = ({ effectiveTo }: HouseRule): boolean => effectiveTo === null || effectiveTo > end;
  const begun = next.effectiveTo === null || other.effectiveFrom <= next.effectiveTo;
  return outlasts(next) && outlasts(other) && begun;
}
