import type { CalendarDate, ProductClass } from '@app/market';
import type { Cited } from './cited.js';
import { STRATEGY_RATES, type StrategyRates } from './strategy-rates.js';

/** The ends of a range of price moves, as fractions of the underlying's price: −0.15 is 15 % down. */
export interface PriceMoveRange {
  readonly down: number;
  readonly up: number;
}

/** The regulatory numbers of one period. What they mean is in METHODOLOGY.md; arithmetic is in the margin room. */
export interface RegulatoryRules {
  readonly version: string;
  /** First exchange date these numbers apply on; they apply until the next version's. */
  readonly effectiveFrom: CalendarDate;
  readonly priceMoves: Readonly<Record<ProductClass, Cited<PriceMoveRange>>>;
  /** Equally spaced valuation points on each side of the current price, which is not one of them. */
  readonly pointsPerSide: Cited<number>;
  /** Dollars per share (or point) of each option and future, long or short: times the multiplier, times contracts. */
  readonly minimumCharge: Cited<number>;
  /** Whether a long option's minimum charge stops at its market value. */
  readonly minimumChargeCappedForLongs: Cited<boolean>;
  /** Fraction of gains that counts against losses of other class groups of one product group; of a mixed one the least. */
  readonly productGroupOffsets: Readonly<Record<ProductClass, Cited<number>>>;
  /** The same between product groups of one portfolio group. */
  readonly portfolioGroupOffset: Cited<number>;
  /** Of what the model does not know: it stays in the account on strategy-based terms. */
  readonly strategyRates: StrategyRates;
}

const OFFSETS = '15c3-1a(b)(1)(v)(B), which 4210(g) takes over';

const RANGES = 'FINRA 4210(g)(2) with 15c3-1a; table "Up/Down Market Move", SEC Release 34-46576';

/** Ascending by effective date. A date before the first has no rules, and then there is no answer. */
export const REGULATORY_RULES: readonly RegulatoryRules[] = [
  {
    version: 'customer-portfolio-margin-2006',
    // Approval of the customer portfolio margin pilot for equities, SEC Release 34-54919 (from memory).
    effectiveFrom: '2006-12-12',
    priceMoves: {
      HIGH_CAP_INDEX: {
        value: { down: -0.08, up: 0.06 },
        citation: `${RANGES}: high-capitalization, broad-based market index`,
        status: 'verified',
      },
      BROAD_INDEX: {
        value: { down: -0.1, up: 0.1 },
        citation: `${RANGES}: non-high-capitalization, broad-based market index`,
        status: 'verified',
      },
      NARROW_INDEX: {
        value: { down: -0.15, up: 0.15 },
        citation: `${RANGES}: any other product on an equity or narrow-based index`,
        status: 'verified',
      },
      EQUITY: {
        value: { down: -0.15, up: 0.15 },
        citation: `${RANGES}: any other product on an equity or narrow-based index`,
        status: 'verified',
      },
    },
    pointsPerSide: {
      value: 5,
      citation: 'FINRA 4210(g)(2): ten equidistant valuation points; five equal steps on each side, zero not included',
      status: 'verified',
    },
    minimumCharge: {
      value: 0.375,
      citation:
        'FINRA 4210(g)(7): $.375 × multiplier for each option, unlisted derivative and security futures product, ' +
        "long or short; confirmed by both straddles of Cboe's 2007 table of OCC figures (7,500 = 200 × 37.50)",
      status: 'verified',
    },
    minimumChargeCappedForLongs: {
      value: true,
      citation: 'FINRA 4210(g)(7): "not to exceed the market value" of long contracts',
      status: 'from memory',
    },
    productGroupOffsets: {
      HIGH_CAP_INDEX: {
        value: 0.9,
        citation: `${OFFSETS}: high-capitalization, broad-based indices of one product group, 90 %`,
        status: 'from memory',
      },
      BROAD_INDEX: {
        value: 0.75,
        citation: `${OFFSETS}: other broad-based indices of one product group, 75 %`,
        status: 'from memory',
      },
      NARROW_INDEX: {
        value: 0.9,
        citation: `${OFFSETS}: narrow-based indices of one product group, 90 %`,
        status: 'from memory',
      },
      EQUITY: {
        value: 0,
        citation: 'OCC Customer Portfolio Margin: product groups are of indices, single stocks get no offset',
        status: 'secondary',
      },
    },
    portfolioGroupOffset: {
      value: 0.5,
      citation: `${OFFSETS}: between product groups of one portfolio group, 50 %`,
      status: 'from memory',
    },
    strategyRates: STRATEGY_RATES,
  },
];

/** The numbers in force on an exchange date; undefined before the first of them. */
export function regulatoryRules(date: CalendarDate): RegulatoryRules | undefined {
  return REGULATORY_RULES.findLast(({ effectiveFrom }) => effectiveFrom <= date);
}
