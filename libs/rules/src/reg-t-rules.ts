import type { CalendarDate, ProductClass } from '@app/market';
import type { Cited } from './cited.js';

/** Rates of an uncovered short option: of the underlying's price, and the floor (a call's of the price, a put's of the strike). */
export interface NakedRates {
  readonly rate: number;
  readonly minimum: number;
}

/** How day trades are limited: a multiple of excess with a label and a least equity, or intraday margin without them. */
export type DayTradingRule =
  | { readonly kind: 'PATTERN_DAY_TRADER'; readonly multiple: number; readonly minimumEquity: number }
  | {
      readonly kind: 'INTRADAY_MARGIN';
      /** Last day on which a firm may still apply the earlier rule. */
      readonly phaseInEnds: CalendarDate;
      readonly multiple: number;
      readonly earlier: { readonly multiple: number; readonly minimumEquity: number };
    };

/** The numbers of Regulation T and of the strategy-based rules of one period; arithmetic is in the Reg T room. */
export interface RegTRules {
  readonly version: string;
  /** First exchange date these numbers apply on; they apply until the next version's. */
  readonly effectiveFrom: CalendarDate;
  /** Fractions of the stock's current market value. */
  readonly longStockInitial: Cited<number>;
  readonly longStockMaintenance: Cited<number>;
  readonly shortStockInitial: Cited<number>;
  readonly shortStockMaintenance: Cited<number>;
  /** Dollars per share under which a stock sold short is low-priced. */
  readonly lowPrice: Cited<number>;
  /** Least requirement of a short share at or above the low price, dollars. */
  readonly shortPerShare: Cited<number>;
  /** Of a low-priced short: a fraction of its value, and not less than dollars per share. */
  readonly lowPricedShort: Cited<number>;
  readonly lowPricedShortPerShare: Cited<number>;
  readonly nonMarginStock: Cited<number>;
  /** Of the long value where the same stock is held long and short. */
  readonly againstTheBox: Cited<number>;
  readonly nakedOption: Readonly<Record<ProductClass | 'VOLATILITY', Cited<NakedRates>>>;
  /** Months a listed option must have left to carry value, and the fraction of that value it requires. */
  readonly longTermMonths: Cited<number>;
  readonly longTermOption: Cited<number>;
  /** Of the exercise price, where an option hedges stock. */
  readonly hedgedExercise: Cited<number>;
  /** Of the strike difference of a long European cash-settled box. */
  readonly longBox: Cited<number>;
  /** Whether a leveraged fund's multiple multiplies the rates of stock, and of options. */
  readonly leverageOfStock: Cited<boolean>;
  readonly leverageOfOptions: Cited<boolean>;
  /** Least equity of a margin account in dollars, or the full cost of what it holds if that is less. */
  readonly accountMinimum: Cited<number>;
  readonly dayTrading: Cited<DayTradingRule>;
}

const REG_T = '12 CFR 220.12';
const NAKED = 'FINRA 4210(f)(2)(E), Cboe Rule 10.3(c)(5)';
const HEDGED = 'FINRA 4210(f)(2)(H)(v), table of hedged positions';
const RN_09_53 = 'FINRA Regulatory Notice 09-53';

const twenty: Cited<NakedRates> = {
  value: { rate: 0.2, minimum: 0.1 },
  citation: `${NAKED}: equity, narrow-based index`,
  status: 'verified',
};
const fifteen: Cited<NakedRates> = {
  value: { rate: 0.15, minimum: 0.1 },
  citation: `${NAKED}: broad-based index and funds that track one`,
  status: 'verified',
};

const STRATEGY_BASED_2005: RegTRules = {
  version: 'reg-t-2005',
  // Spreads of up to twelve legs were approved in December 2005; the day is from memory.
  effectiveFrom: '2005-12-14',
  longStockInitial: { value: 0.5, citation: `${REG_T}(a): margin equity securities`, status: 'verified' },
  longStockMaintenance: { value: 0.25, citation: 'FINRA 4210(c)(1)', status: 'verified' },
  shortStockInitial: { value: 0.5, citation: `${REG_T}(c)(1): 150 %, proceeds included`, status: 'verified' },
  shortStockMaintenance: { value: 0.3, citation: 'FINRA 4210(c)(3)', status: 'verified' },
  lowPrice: { value: 5, citation: 'FINRA 4210(c)(2), (c)(3)', status: 'verified' },
  shortPerShare: { value: 5, citation: 'FINRA 4210(c)(3): not less than $5.00 per share', status: 'verified' },
  lowPricedShort: { value: 1, citation: 'FINRA 4210(c)(2)', status: 'verified' },
  lowPricedShortPerShare: {
    value: 2.5,
    citation: 'FINRA 4210(c)(2): not less than $2.50 per share',
    status: 'verified',
  },
  nonMarginStock: { value: 1, citation: `${REG_T}(e)`, status: 'verified' },
  againstTheBox: { value: 0.05, citation: 'FINRA 4210(e)(1) (former NYSE Rule 431(e)(1))', status: 'verified' },
  nakedOption: {
    EQUITY: twenty,
    NARROW_INDEX: twenty,
    BROAD_INDEX: fifteen,
    HIGH_CAP_INDEX: fifteen,
    VOLATILITY: { ...twenty, citation: `${NAKED}: volatility indices` },
  },
  longTermMonths: { value: 9, citation: '4210(f)(2)(A): no value up to nine months', status: 'verified' },
  longTermOption: { value: 0.75, citation: 'FINRA 4210(f)(2)(D), Cboe Rule 10.3(c)(4)', status: 'verified' },
  hedgedExercise: { value: 0.1, citation: HEDGED, status: 'from memory' },
  longBox: { value: 0.5, citation: `${HEDGED}: long box spread, European, cash-settled`, status: 'from memory' },
  leverageOfStock: { value: false, citation: `${RN_09_53}: not before 1 December 2009`, status: 'verified' },
  leverageOfOptions: {
    value: false,
    citation: 'FINRA Regulatory Notice 09-65: not before 30 April 2010',
    status: 'verified',
  },
  accountMinimum: { value: 2000, citation: 'FINRA 4210(b)(4)', status: 'verified' },
  dayTrading: {
    value: { kind: 'PATTERN_DAY_TRADER', multiple: 4, minimumEquity: 25_000 },
    citation: 'FINRA 4210(f)(8)(B)',
    status: 'secondary',
  },
};

const LEVERAGED_STOCK_2009: RegTRules = {
  ...STRATEGY_BASED_2005,
  version: 'reg-t-2009',
  effectiveFrom: '2009-12-01',
  leverageOfStock: { value: true, citation: `${RN_09_53}: rate × multiple, at most 100 %`, status: 'verified' },
};

const LEVERAGED_OPTIONS_2010: RegTRules = {
  ...LEVERAGED_STOCK_2009,
  version: 'reg-t-2010',
  effectiveFrom: '2010-04-30',
  leverageOfOptions: {
    value: true,
    citation: `${RN_09_53}, 09-65: the rate and the minimum × multiple`,
    status: 'verified',
  },
};

const INTRADAY_MARGIN_2026: RegTRules = {
  ...LEVERAGED_OPTIONS_2010,
  version: 'reg-t-2026',
  effectiveFrom: '2026-06-04',
  dayTrading: {
    value: {
      kind: 'INTRADAY_MARGIN',
      phaseInEnds: '2027-10-20',
      multiple: 4,
      earlier: { multiple: 4, minimumEquity: 25_000 },
    },
    // Dates and what is deleted were read; the text of the new paragraphs was not: 4 is 1 / 25 % of maintenance.
    citation: 'SR-FINRA-2025-017, SEC Release 34-105226, 91 FR 20731: 4210(f)(8)(B) deleted, (d)(2) added',
    status: 'secondary',
  },
};

/** Ascending by effective date. A date before the first has no rules, and then there is no answer. */
export const REG_T_RULES: readonly RegTRules[] = [
  STRATEGY_BASED_2005,
  LEVERAGED_STOCK_2009,
  LEVERAGED_OPTIONS_2010,
  INTRADAY_MARGIN_2026,
];

/** The numbers in force on an exchange date; undefined before the first of them. */
export function regTRules(date: CalendarDate): RegTRules | undefined {
  return REG_T_RULES.findLast(({ effectiveFrom }) => effectiveFrom <= date);
}
