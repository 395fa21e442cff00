import type { CashDividend, OptionTerms } from '@app/pricing';
import { daysBetween } from './calendar-date.js';
import type { Option, OptionContract, Underlying } from './instrument.js';
import type { Market } from './market.js';
import { type MarketGap, marketGap } from './market-gap.js';
import { DAYS_PER_YEAR, yearsToExpiry } from './years-to-expiry.js';
import { zeroRate } from './zero-rate.js';

/** What of a market the terms of an option need; its prices are not among it. */
export type MarketTerms = Pick<Market, 'valuationDate' | 'afterClose' | 'rates'>;

export type OptionTermsResult =
  | { readonly kind: 'TERMS'; readonly terms: OptionTerms }
  | { readonly kind: 'GAPS'; readonly gaps: readonly MarketGap[] };

/** Dividends that leave the share after the valuation date and no later than expiry, each with the rate to its day. */
function cashDividends(option: OptionContract, underlying: Underlying, market: MarketTerms): CashDividend[] {
  return underlying.dividends
    .filter(({ exDate }) => exDate > market.valuationDate && exDate <= option.expiry)
    .toSorted((a, b) => daysBetween(b.exDate, a.exDate))
    .flatMap(({ exDate, amount }) => {
      const days = daysBetween(market.valuationDate, exDate);
      const rateContinuous = zeroRate(market.rates, days);
      return rateContinuous === undefined ? [] : [{ years: days / DAYS_PER_YEAR, amount, rateContinuous }];
    });
}

/** Everything a pricing model needs of an option but spot and volatility, or every reason why it cannot be had. */
export function optionTerms(
  option: OptionContract | Option,
  underlying: Underlying,
  market: MarketTerms,
): OptionTermsResult {
  const years = yearsToExpiry(market, option.expiry);
  const rateContinuous = zeroRate(market.rates, daysBetween(market.valuationDate, option.expiry));
  if (years === undefined || rateContinuous === undefined || option.adjusted) {
    const gaps: MarketGap[] = [];
    if (option.adjusted) gaps.push(marketGap('deliverable.unknown', option.symbol));
    if (years === undefined) gaps.push(marketGap('option.expired', option.symbol));
    if (rateContinuous === undefined) gaps.push(marketGap('rates.missing', option.symbol));
    return { kind: 'GAPS', gaps };
  }
  const terms: OptionTerms = {
    right: option.right,
    exercise: option.exercise,
    strike: option.strike,
    yearsToExpiry: years,
    rateContinuous,
    dividendYield: underlying.dividendYield,
    dividends: cashDividends(option, underlying, market),
  };
  return { kind: 'TERMS', terms };
}
