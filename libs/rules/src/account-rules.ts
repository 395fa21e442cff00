import type { ProductClass } from '@app/market';
import { type AppliedRule, type BookNumber, bookNumber } from './applied-rule.js';
import { inForceValues, type StressLimit } from './in-force-values.js';
import type { RegulatoryRules } from './regulatory-rules.js';

/** What the whole account is held to. */
export interface AccountRules {
  /** Fraction of gains that counts against losses in one product group: the least of its members' product classes. */
  readonly productGroupOffset: (classes: readonly ProductClass[]) => number;
  readonly portfolioGroupOffset: number;
  readonly largestNames: {
    readonly names: number;
    readonly priceMove: number;
    readonly otherPriceMove: number;
  } | null;
  /** Gross market value per dollar of equity. */
  readonly leverageCap: number | null;
  /** Initial requirement per dollar of maintenance, ≥ 1. */
  readonly initialMultiplier: number;
  readonly portfolioStress: readonly StressLimit[];
  readonly betaStress: readonly StressLimit[];
}

/** What the rule book asks of an account. */
export function bookAccountNumbers(book: RegulatoryRules): readonly BookNumber[] {
  const offsets = Object.entries(book.productGroupOffsets);
  const byClass = Object.fromEntries(offsets.map(([productClass, { value }]) => [productClass, value]));
  const citation = [...new Set(offsets.map(([, offset]) => offset.citation))].join('; ');
  // A cap is stricter where it lowers any of them.
  const lowers = (cap: unknown): boolean => Object.values(byClass).some((offset) => (cap as number) < offset);
  const { value, citation: portfolioGroup } = book.portfolioGroupOffset;
  return [
    bookNumber('offset.productGroup', byClass, citation, lowers),
    bookNumber('offset.portfolioGroup', value, portfolioGroup),
  ];
}

export function accountRules(book: RegulatoryRules, applied: readonly AppliedRule[]): AccountRules {
  const { number, record, stressLimits } = inForceValues(applied);
  const cap = applied.find(({ parameter, source }) => parameter === 'offset.productGroup' && source === 'house');
  const most = cap === undefined ? 1 : (cap.value as number);
  return {
    productGroupOffset: (classes) =>
      Math.min(most, ...classes.map((productClass) => book.productGroupOffsets[productClass].value)),
    portfolioGroupOffset: number('offset.portfolioGroup')!,
    largestNames: record<'names' | 'priceMove' | 'otherPriceMove'>('concentration.largestNames'),
    leverageCap: number('leverageCap'),
    initialMultiplier: number('initialMultiplier') ?? 1,
    portfolioStress: stressLimits('stressLimit.portfolio'),
    betaStress: stressLimits('stressLimit.betaWeighted'),
  };
}
