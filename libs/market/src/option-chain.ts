import { chainFlags, type QuotedContract } from './chain-flags.js';
import { chainVolatilities, type PricedContract } from './chain-volatilities.js';
import type { Option, QuoteFlag, Underlying } from './instrument.js';
import { type MarketTerms, optionTerms } from './option-terms.js';
import { quoteMid } from './quote.js';
import { usableSpot } from './usable-spot.js';

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
  option: PricedContract,
  volatility: unknown,
  underlying: Underlying,
  market: MarketTerms,
): boolean {
  if (option.price === null || volatility !== null || usableSpot(underlying) === null) return false;
  const result = optionTerms(option, underlying, market);
  return result.kind === 'TERMS' && result.terms.yearsToExpiry > 0;
}
