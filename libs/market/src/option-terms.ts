import type { CashDividend, OptionTerms } from '@app/pricing';
import { daysBetween } from './calendar-date.js';
import { VOLATILITY_INDICES } from './index-family.js';
import type { Forward, Option, OptionContract, Underlying } from './instrument.js';
import type { Market } from './market.js';
import { type MarketGap, marketGap } from './market-gap.js';
import { isMorningSettled } from './settlement.js';
import { usableSpot } from './usable-spot.js';
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

/** The forward that carries an option's underlying to its expiry, where one is known. */
export function forwardOf(
  { form, symbol, expiry }: Pick<OptionContract, 'form' | 'symbol' | 'expiry'>,
  { forwards }: Pick<Underlying, 'forwards'>,
): Forward | undefined {
  if (forwards.length === 0) return undefined;
  const root = form === 'LISTED' ? symbol.slice(0, 6).trimEnd() : '';
  return forwards.find((forward) => forward.expiry === expiry && (forward.root === '' || forward.root === root));
}

type Carry = Pick<OptionTerms, 'rateContinuous' | 'dividendYield' | 'dividends'>;

/** With a forward the yield is what takes the price of today to it: F = S·e^((r − q)·T). */
function carryOf(
  option: OptionContract,
  underlying: Underlying,
  market: MarketTerms,
  years: number,
): Carry | MarketGap {
  const forward = forwardOf(option, underlying);
  const days = daysBetween(market.valuationDate, option.expiry);
  const rateContinuous = forward?.rate ?? zeroRate(market.rates, days);
  if (rateContinuous === undefined) return marketGap('rates.missing', option.symbol);
  const spot = usableSpot(underlying);
  if (forward !== undefined && spot !== null && years > 0) {
    const dividendYield = rateContinuous - Math.log(forward.forward / spot) / years;
    return { rateContinuous, dividendYield, dividends: [] };
  }
  // Nobody can hold the index itself until then, so that its level says little about the forward.
  if (forward === undefined && years > 0 && VOLATILITY_INDICES.includes(underlying.symbol)) {
    return marketGap('forward.missing', option.symbol);
  }
  const dividends = cashDividends(option, underlying, market);
  return { rateContinuous, dividendYield: underlying.dividendYield, dividends };
}

/**
 * Everything a pricing model needs of an option but spot and volatility, or every reason why it cannot be had.
 * `underlying` is what it is valued on: `optionBasis`.
 */
export function optionTerms(
  option: OptionContract | Option,
  underlying: Underlying,
  market: MarketTerms,
): OptionTermsResult {
  const years = yearsToExpiry(market, option.expiry, isMorningSettled(option));
  const carry = carryOf(option, underlying, market, years ?? 0);
  const isUnknown = option.adjusted && option.deliverable === null;
  if (years === undefined || 'code' in carry || isUnknown) {
    const gaps: MarketGap[] = [];
    if (isUnknown) gaps.push(marketGap('deliverable.unknown', option.symbol));
    if (years === undefined) gaps.push(marketGap('option.expired', option.symbol));
    if ('code' in carry) gaps.push(carry);
    return { kind: 'GAPS', gaps };
  }
  const { right, exercise, strike } = option;
  return { kind: 'TERMS', terms: { right, exercise, strike, yearsToExpiry: years, ...carry } };
}
