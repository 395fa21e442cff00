import { chainFlags, type QuotedContract } from './chain-flags.js';
import { chainVolatilities } from './chain-volatilities.js';
import type { Option, Underlying } from './instrument.js';
import type { MarketTerms } from './option-terms.js';
import { quoteMid } from './quote.js';

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
    flags: flags[i],
  }));
}
