import type { CalendarDate, ProductClass } from '@app/market';
import type { RegulatoryRules } from './regulatory-rules.js';
import { HOUSE_PARAMETERS, type HouseParameter, stricterValue } from './rule-set.js';

/** A number a firm sets above the rule book, for a class group, else a product class, else everything. */
export interface HouseRule {
  readonly ruleId: string;
  /** FIRM binds every account, ACCOUNT the one it was read for. */
  readonly scope: 'FIRM' | 'ACCOUNT';
  readonly productClass: ProductClass | null;
  readonly classGroup: string | null;
  readonly parameter: HouseParameter;
  readonly value: number;
  readonly effectiveFrom: CalendarDate;
  /** Last day, inclusive; null is open-ended. */
  readonly effectiveTo: CalendarDate | null;
}

/** The numbers one class group is margined with. */
export interface ClassRules {
  /** Ends of the range of price moves, as fractions. */
  readonly down: number;
  readonly up: number;
  readonly pointsPerSide: number;
  /** Dollars per share of each contract. */
  readonly minimumCharge: number;
  readonly minimumChargeCappedForLongs: boolean;
}

export interface AppliedRule {
  readonly parameter: HouseParameter;
  readonly value: number;
  readonly source: 'regulatory' | 'house';
  /** The house rule that won; null for the regulatory number. */
  readonly ruleId: string | null;
  readonly citation: string | null;
}

export interface EffectiveRules {
  /** Names the regulatory numbers and every house rule that was in force: enough to repeat an answer. */
  readonly version: string;
  /** What the rule book asks of a product class. */
  regulatory(productClass: ProductClass): ClassRules;
  /** What is in force for a class group, house rules included: never looser than the rule book. */
  inForce(classGroup: string, productClass: ProductClass): ClassRules;
  /** Each number in force for a class group, and who set it. */
  applied(classGroup: string, productClass: ProductClass): readonly AppliedRule[];
}

/**
 * The rule book and the house rules in force on a date. The narrower house rule wins (class group, product class,
 * everything; and for one target the account's over the firm's) and a house rule looser than the rule book changes
 * nothing.
 */
export function effectiveRules(
  book: RegulatoryRules,
  houseRules: readonly HouseRule[],
  date: CalendarDate,
): EffectiveRules {
  const inForce = houseRules.filter(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= date && (effectiveTo === null || date <= effectiveTo),
  );
  const appliedByClass = new Map<string, readonly AppliedRule[]>();
  const applied = (classGroup: string, productClass: ProductClass): readonly AppliedRule[] => {
    const key = `${productClass} ${classGroup}`;
    const known = appliedByClass.get(key) ?? appliedRules(book, inForce, classGroup, productClass);
    appliedByClass.set(key, known);
    return known;
  };
  return {
    version: [book.version, ...inForce.map(({ ruleId }) => ruleId).sort()].join('+'),
    regulatory: (productClass) => classRules(book, appliedRules(book, [], '', productClass)),
    inForce: (classGroup, productClass) => classRules(book, applied(classGroup, productClass)),
    applied,
  };
}

/** House rules that would leave two values for one number on one day: refused where rules are entered. */
export function conflictingRules(houseRules: readonly HouseRule[]): readonly (readonly [HouseRule, HouseRule])[] {
  return houseRules.flatMap((a, index) =>
    houseRules
      .slice(index + 1)
      .filter((b) => sameTarget(a, b) && overlap(a, b))
      .map((b) => [a, b] as const),
  );
}

function appliedRules(
  book: RegulatoryRules,
  houseRules: readonly HouseRule[],
  classGroup: string,
  productClass: ProductClass,
): readonly AppliedRule[] {
  return HOUSE_PARAMETERS.map((parameter) => {
    const { value, citation } = regulatoryNumber(book, parameter, productClass);
    const regulatory: AppliedRule = { parameter, value, source: 'regulatory', ruleId: null, citation };
    const narrowest = houseRules
      .filter((rule) => rule.parameter === parameter && targets(rule, classGroup, productClass))
      .sort((a, b) => narrowness(b) - narrowness(a))[0];
    if (narrowest === undefined || stricterValue(parameter, narrowest.value, value) === value) return regulatory;
    return { parameter, value: narrowest.value, source: 'house', ruleId: narrowest.ruleId, citation: null };
  });
}

function regulatoryNumber(book: RegulatoryRules, parameter: HouseParameter, productClass: ProductClass) {
  if (parameter === 'minimumCharge') return book.minimumCharge;
  const { value, citation } = book.priceMoves[productClass];
  return { value: parameter === 'priceMove.down' ? value.down : value.up, citation };
}

function classRules(book: RegulatoryRules, applied: readonly AppliedRule[]): ClassRules {
  const [down, up, minimumCharge] = HOUSE_PARAMETERS.map(
    (parameter) => applied.find((rule) => rule.parameter === parameter)!.value,
  );
  return {
    down,
    up,
    minimumCharge,
    pointsPerSide: book.pointsPerSide.value,
    minimumChargeCappedForLongs: book.minimumChargeCappedForLongs.value,
  };
}

function targets(rule: HouseRule, classGroup: string, productClass: ProductClass): boolean {
  return (
    (rule.classGroup === null || rule.classGroup === classGroup) &&
    (rule.productClass === null || rule.productClass === productClass)
  );
}

function narrowness(rule: HouseRule): number {
  return (rule.classGroup === null ? 0 : 4) + (rule.productClass === null ? 0 : 2) + (rule.scope === 'FIRM' ? 0 : 1);
}

function sameTarget(a: HouseRule, b: HouseRule): boolean {
  return (
    a.parameter === b.parameter &&
    a.scope === b.scope &&
    a.classGroup === b.classGroup &&
    a.productClass === b.productClass
  );
}

function overlap(a: HouseRule, b: HouseRule): boolean {
  return (
    (b.effectiveTo === null || a.effectiveFrom <= b.effectiveTo) &&
    (a.effectiveTo === null || b.effectiveFrom <= a.effectiveTo)
  );
}
