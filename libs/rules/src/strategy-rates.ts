import type { Bond, BondIssuer, CalendarDate, StrategyClass } from '@app/market';
import type { Cited } from './cited.js';

/** A rate for a bond that matures before so many years from now. */
export interface MaturityRate {
  /** Exclusive; null is any later. */
  readonly yearsBelow: number | null;
  readonly rate: Cited<number>;
}

/** Fractions of market value that what the model does not know must keep, long or short. */
export interface StrategyRates {
  readonly fund: Readonly<Record<Exclude<StrategyClass, 'BOND'>, Cited<number>>>;
  /** Ascending by maturity. */
  readonly bond: Readonly<Record<BondIssuer, readonly MaturityRate[]>>;
}

const DEBT = 'FINRA 4210(e)(2)';
const FUNDS = 'FINRA, questions and answers on portfolio margin, as third parties quote them';

const government = (yearsBelow: number | null, value: number): MaturityRate => ({
  yearsBelow,
  rate: { value, citation: `${DEBT}(A): obligations of the United States`, status: 'from memory' },
});
const anyMaturity = (value: number, text: string): readonly MaturityRate[] => [
  { yearsBelow: null, rate: { value, citation: `${DEBT}${text}`, status: 'from memory' } },
];

export const STRATEGY_RATES: StrategyRates = {
  fund: {
    MONEY_MARKET_FUND: { value: 0.01, citation: `${FUNDS}: money-market funds 1 %`, status: 'secondary' },
    FUND: { value: 0.15, citation: `${FUNDS}: other open-end funds 15 %`, status: 'secondary' },
    NON_MARGIN_EQUITY: {
      value: 1,
      citation: '12 CFR 220.12(e): 100 percent of the current market value',
      status: 'verified',
    },
  },
  bond: {
    US_GOVERNMENT: [
      government(1, 0.01),
      government(3, 0.02),
      government(5, 0.03),
      government(10, 0.04),
      government(20, 0.05),
      government(null, 0.06),
    ],
    MUNICIPAL: anyMaturity(0.07, '(B): exempted securities other than obligations of the United States'),
    INVESTMENT_GRADE: anyMaturity(0.1, '(C): non-convertible debt of investment grade'),
    // The rule also asks for 7 % of principal, which is the greater under 35 % of par; principal is not known here.
    OTHER: anyMaturity(0.2, '(C): all other non-convertible debt'),
  },
};

/** What a fund, a bond or a stock without loan value must keep; undefined for a bond of which nothing is known. */
export function strategyRate(
  rates: StrategyRates,
  strategyClass: StrategyClass,
  bond: Bond | null,
  date: CalendarDate,
): Cited<number> | undefined {
  if (strategyClass !== 'BOND') return rates.fund[strategyClass];
  if (bond === null) return undefined;
  const { issuer, maturity } = bond;
  return rates.bond[issuer].find(({ yearsBelow }) => yearsBelow === null || maturity < yearsAfter(date, yearsBelow))
    ?.rate;
}

/** The same day of a later year; texts of dates compare as dates do, 29 February of any year included. */
function yearsAfter(date: CalendarDate, years: number): CalendarDate {
  return `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`;
}
