import { chainFlags, type QuotedContract } from './chain-flags.js';
import { chainVolatilities, type PricedContract } from './chain-volatilities.js';
import type { Option, QuoteFlag, Underlying } from './instrument.js';
import type { MarketTerms } from './option-terms.js';
import { quoteMid } from './quote.js';
import { usableSpot } from './usable-spot.js';
import { yearsToExpiry } from './years-to-expiry.js';

/** One underlying's quoted contracts as options: marked at the mid, flagged, with their volatilities, in the same order. */
export function optionChain(
  chain: readonly QuotedContract[],
  underlying: Underlying,
  market: MarketTerms,
): readonly Option[] {
  const flags = chainFlags(chain, underlying, market);
  const marked = chain.map(({ contract, quote }) => ({ ...contract, price: quoteMid(quote), impliedVolatility: null }));
  const volatilities = chainVolatilities(marked, underlying, market);
  return marked.map((option, i) => ({
    ...option,
    impliedVolatility: volatilities[i]?.volatilityAnnual ?? null,
    volatilitySource: volatilities[i]?.source ?? null,
    flags: [...flags[i], ...(isAboveBound(option, volatilities[i], underlying, market) ? ABOVE_BOUND : [])],
  }));
}

const ABOVE_BOUND: readonly QuoteFlag[] = ['ABOVE_BOUND'];

/** Marked, alive and on a usable price, and yet without a volatility: only a mark beyond every volatility is left. */
function isAboveBound(
  { price, adjusted, expiry }: PricedContract,
  volatility: unknown,
  underlying: Underlying,
  market: MarketTerms,
): boolean {
  if (price === null || volatility !== null || adjusted || market.rates.length === 0) return false;
  return usableSpot(underlying) !== null && (yearsToExpiry(market, expiry) ?? 0) > 0;
}
