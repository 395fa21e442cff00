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
  /** What the rule book asks of a product class: one object a class. */
  readonly regulatory: (productClass: ProductClass) => ClassRules;
  /**
   * What is in force for a class group, house rules included: never looser than the rule book, and the very object of
   * `regulatory` where no house rule changes a number.
   */
  readonly inForce: (classGroup: string, productClass: ProductClass) => ClassRules;
  /** Each number in force for a class group, and who set it. */
  readonly applied: (classGroup: string, productClass: ProductClass) => readonly AppliedRule[];
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
  const numbersOf = memo((productClass: ProductClass) =>
    memo((classGroup: string) => classNumbers(book, inForce, classGroup, productClass)),
  );
  return {
    version: [book.version, ...inForce.map(({ ruleId }) => ruleId).sort()].join('+'),
    regulatory: (productClass) => regulatoryNumbers(book)(productClass).rules,
    inForce: (classGroup, productClass) => numbersOf(productClass)(classGroup).rules,
    applied: (classGroup, productClass) => numbersOf(productClass)(classGroup).applied,
  };
}

/** The numbers of a class group and who set each. */
interface ClassNumbers {
  readonly rules: ClassRules;
  readonly applied: readonly AppliedRule[];
}

/** A number that every question asks for is worked out once; the same arguments give the same object. */
function memo<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

/** What a rule book asks of each product class. */
const regulatoryNumbers = memo((book: RegulatoryRules) =>
  memo((productClass: ProductClass): ClassNumbers => {
    const applied = HOUSE_PARAMETERS.map((parameter): AppliedRule => {
      const { value, citation } = regulatoryNumber(book, parameter, productClass);
      return { parameter, value, source: 'regulatory', ruleId: null, citation };
    });
    return { rules: classRules(book, applied), applied };
  }),
);

/** House rules that would leave two values for one number on one day: refused where rules are entered. */
export function conflictingRules(houseRules: readonly HouseRule[]): readonly (readonly [HouseRule, HouseRule])[] {
  return houseRules.flatMap((a, index) =>
    houseRules
      .slice(index + 1)
      .filter((b) => sameTarget(a, b) && overlap(a, b))
      .map((b) => [a, b] as const),
  );
}

/** The rule book's own object where no house rule changes anything. */
function classNumbers(
  book: RegulatoryRules,
  houseRules: readonly HouseRule[],
  classGroup: string,
  productClass: ProductClass,
): ClassNumbers {
  const regulatory = regulatoryNumbers(book)(productClass);
  const applied = regulatory.applied.map((rule) => {
    const narrowest = houseRules
      .filter(({ parameter }) => parameter === rule.parameter)
      .filter((house) => targets(house, classGroup, productClass))
      .sort((a, b) => narrowness(b) - narrowness(a))[0];
    return narrowest === undefined ? rule : stricterRule(rule, narrowest);
  });
  const changed = applied.some((rule, index) => rule !== regulatory.applied[index]);
  return changed ? { rules: classRules(book, applied), applied } : regulatory;
}

function stricterRule(regulatory: AppliedRule, { parameter, value, ruleId }: HouseRule): AppliedRule {
  if (stricterValue(parameter, value, regulatory.value) === regulatory.value) return regulatory;
  return { parameter, value, source: 'house', ruleId, citation: null };
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
