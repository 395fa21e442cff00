import { type HouseRule, type HouseValue, narrowness } from './house-rule.js';
import { packCitation } from './house-rule-packs.js';
import { type HouseParameter, HOUSE_PARAMETERS, PARAMETER_DEFINITIONS } from './parameter-definitions.js';
import { byStrictness, isLooserValue } from './strictness.js';

/** Why a house rule that binds the same thing did not set its number. */
export type LostBecause = 'NARROWER_RULE' | 'STRICTER_RULE' | 'NOT_STRICTER_THAN_RULE_BOOK';

export interface LostRule {
  readonly ruleId: string;
  readonly value: HouseValue;
  readonly why: LostBecause;
}

/** A number in force, and who set it. */
export interface AppliedRule {
  readonly parameter: HouseParameter;
  readonly value: HouseValue;
  readonly source: 'regulatory' | 'house';
  /** The house rule that won; null for the regulatory number. */
  readonly ruleId: string | null;
  /** Of the rule book, or of the published pack a house rule was taken from. */
  readonly citation: string | null;
  /** House rules for the same number that bind as well and did not set it, narrowest first. */
  readonly lost: readonly LostRule[];
}

/** A number of the rule book, and whether a house value is stricter. */
export interface BookNumber {
  readonly applied: AppliedRule;
  readonly isStricter: (value: HouseValue) => boolean;
}

export function bookNumber(
  parameter: HouseParameter,
  value: HouseValue,
  citation: string,
  isStricter = (house: HouseValue): boolean => isLooserValue(parameter, value, house),
): BookNumber {
  return { applied: { parameter, value, source: 'regulatory', ruleId: null, citation, lost: [] }, isStricter };
}

/**
 * Who sets a number: the narrowest of the house rules that bind, of two as narrow (two groups the account is in, two
 * symbols of one class group) the stricter; but never one that asks for less than the rule book. Undefined where nobody
 * sets it. `rules` are all of one slot.
 */
export function appliedRule(
  rules: readonly HouseRule[],
  book: BookNumber | undefined,
  narrow: (rule: HouseRule) => number = narrowness,
): AppliedRule | undefined {
  if (rules.length === 0) return book?.applied;
  const [first, ...others] = rules.toSorted((a, b) => narrow(b) - narrow(a) || strictnessOrder(a, b));
  const lost = others.map((rule) => lostRule(rule, narrow(rule) < narrow(first) ? 'NARROWER_RULE' : 'STRICTER_RULE'));
  if (book !== undefined && !book.isStricter(first.value)) {
    return { ...book.applied, lost: [lostRule(first, 'NOT_STRICTER_THAN_RULE_BOOK'), ...lost] };
  }
  const { parameter, value, ruleId } = first;
  return { parameter, value, source: 'house', ruleId, citation: packCitation(first), lost };
}

function strictnessOrder(a: HouseRule, b: HouseRule): number {
  return byStrictness(a.parameter, a.value, b.value) || (a.ruleId < b.ruleId ? -1 : 1);
}

function lostRule({ ruleId, value }: HouseRule, why: LostBecause): LostRule {
  return { ruleId, value, why };
}

const PLACES = new Map(HOUSE_PARAMETERS.map((parameter, index) => [parameter, index]));

/** In the order the parameters are defined in, and those of one parameter by what tells them apart. */
export function byParameter(a: AppliedRule, b: AppliedRule): number {
  return PLACES.get(a.parameter)! - PLACES.get(b.parameter)! || byKey(a, b);
}

function byKey(a: AppliedRule, b: AppliedRule): number {
  const definition = PARAMETER_DEFINITIONS[a.parameter];
  if (definition.kind !== 'RECORD' || typeof a.value !== 'object' || typeof b.value !== 'object') return 0;
  const [x, y] = [a.value, b.value];
  return definition.key.map((field) => x[field] - y[field]).find((by) => by !== 0) ?? 0;
}
