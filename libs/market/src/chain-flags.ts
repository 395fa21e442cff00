import type { OptionContract, QuoteFlag, Underlying } from './instrument.js';
import { type MarketTerms, optionTerms } from './option-terms.js';
import { usableSpot } from './usable-spot.js';
import { parityBreak } from './put-call-parity.js';
import { type Quote, quoteFlags } from './quote.js';

export interface QuotedContract {
  readonly contract: OptionContract;
  readonly quote: Quote;
}

/** Calls and puts of one key are partners: same root (SPX and SPXW are settled at different hours), expiry, strike. */
export function pairKey(contract: OptionContract): string {
  const { form, symbol, strike } = contract;
  return form === 'LISTED' ? symbol.slice(0, 12) + symbol.slice(13) : `${seriesKey(contract)} ${strike}`;
}

/** What the options of one expiry have in common that no symbol says. */
export function seriesKey({ form, underlying, expiry, exercise }: OptionContract): string {
  return `${form} ${underlying} ${expiry} ${exercise}`;
}

/** Indices of the pairs whose two quotes contradict each other. */
function contradictory(
  chain: readonly QuotedContract[],
  underlying: Underlying,
  market: MarketTerms,
  spot: number,
): Set<number> {
  const puts = new Map(chain.flatMap(({ contract }, i) => (contract.right === 'PUT' ? [[pairKey(contract), i]] : [])));
  const broken = new Set<number>();
  chain.forEach(({ contract, quote }, i) => {
    const partner = contract.right === 'CALL' ? puts.get(pairKey(contract)) : undefined;
    if (partner === undefined) return;
    const result = optionTerms(contract, underlying, market);
    if (result.kind === 'TERMS' && parityBreak(quote, chain[partner].quote, result.terms, spot)) {
      broken.add(i).add(partner);
    }
  });
  return broken;
}

/** The flags of every quote of one underlying, in the chain's order; a doubt about a pair is on both its quotes. */
export function chainFlags(
  chain: readonly QuotedContract[],
  underlying: Underlying,
  market: MarketTerms,
): readonly (readonly QuoteFlag[])[] {
  const spot = usableSpot(underlying);
  const broken = spot !== null ? contradictory(chain, underlying, market, spot) : new Set<number>();
  return chain.map(({ contract, quote }, i) => {
    const flags = quoteFlags(contract, quote, spot);
    return broken.has(i) ? [...flags, 'PARITY_BREAK' as const] : flags;
  });
}
