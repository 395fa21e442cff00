import type { ProductClass } from '@app/market';
import { type AppliedRule, type BookNumber, bookNumber } from './applied-rule.js';
import { inForceValues, type StressLimit } from './in-force-values.js';
import type { RegulatoryRules } from './regulatory-rules.js';

/** The numbers one class group is margined with. */
export interface ClassRules {
  /** Ends of the range of price moves, as fractions. */
  readonly down: number;
  readonly up: number;
  /** The rule book's own points: this many on each side. */
  readonly pointsPerSide: number;
  /** Spacing of the house's points within the range; null where the rule book's points are all there are. */
  readonly step: number | null;
  /** Relative moves of volatility every point is valued at beside none. */
  readonly volMoves: readonly number[];
  readonly extraPoints: readonly { readonly priceMove: number; readonly volMove: number }[];
  /** Dollars per share of each contract. */
  readonly minimumCharge: number;
  readonly minimumChargeCappedForLongs: boolean;
  /** Per uncovered short option: of price × multiplier, and in dollars. */
  readonly shortMinimumFraction: number;
  readonly shortMinimumMoney: number;
  /** Of gross market value. */
  readonly marketValueFloor: number;
  readonly expectedMove: { readonly down: number; readonly up: number } | null;
  readonly equityShares: readonly { readonly share: number; readonly rate: number }[];
  readonly sharesOutstanding: { readonly fraction: number; readonly multiplier: number } | null;
  readonly daysVolume: { readonly days: number; readonly multiplier: number } | null;
  /** Dollars. */
  readonly marketCapDrop: number | null;
  readonly earnings: { readonly multiplier: number; readonly daysBefore: number; readonly daysAfter: number } | null;
  readonly stressLimits: readonly StressLimit[];
}

/** Spacing of a house's points where it names none. */
const DEFAULT_STEP = 0.01;

/** What the rule book asks of a product class. */
export function bookClassNumbers(book: RegulatoryRules, productClass: ProductClass): readonly BookNumber[] {
  const { value, citation } = book.priceMoves[productClass];
  const { minimumCharge, minimumChargeCappedForLongs: capped } = book;
  return [
    bookNumber('priceMove.down', value.down, citation),
    bookNumber('priceMove.up', value.up, citation),
    bookNumber('minimumCharge', minimumCharge.value, minimumCharge.citation),
    bookNumber('minimumCharge.longsCapped', capped.value, capped.citation),
  ];
}

export function classRules(book: RegulatoryRules, applied: readonly AppliedRule[]): ClassRules {
  const values = inForceValues(applied);
  const { number, flag, record, records, stressLimits } = values;
  const ownRange = applied.some(({ parameter, source }) => source === 'house' && parameter.startsWith('priceMove.'));
  const volMoves = [number('volMove.down') ?? 0, number('volMove.up') ?? 0];
  return {
    down: number('priceMove.down')!,
    up: number('priceMove.up')!,
    pointsPerSide: book.pointsPerSide.value,
    step: number('priceMove.step') ?? (ownRange ? DEFAULT_STEP : null),
    volMoves: volMoves.filter((move) => move !== 0),
    extraPoints: records<'priceMove' | 'volMove'>('extraPoint'),
    minimumCharge: number('minimumCharge')!,
    minimumChargeCappedForLongs: flag('minimumCharge.longsCapped')!,
    shortMinimumFraction: number('shortMinimum.fraction') ?? 0,
    shortMinimumMoney: number('shortMinimum.money') ?? 0,
    marketValueFloor: number('marketValueFloor') ?? 0,
    expectedMove: record<'down' | 'up'>('concentration.expectedMove'),
    equityShares: records<'share' | 'rate'>('concentration.equityShare'),
    sharesOutstanding: record<'fraction' | 'multiplier'>('concentration.sharesOutstanding'),
    daysVolume: record<'days' | 'multiplier'>('concentration.daysVolume'),
    marketCapDrop: number('concentration.marketCapDrop'),
    earnings: record<'multiplier' | 'daysBefore' | 'daysAfter'>('earnings'),
    stressLimits: stressLimits('stressLimit.classGroup'),
  };
}
