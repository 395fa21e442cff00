import { VOLATILITY_INDICES } from './index-family.js';
import type { Forward, Future, Option, Underlying } from './instrument.js';
import type { MarketTerms } from './option-terms.js';
import { parityForward } from './parity-forward.js';

/** Stated marks, of which some may say what an underlying is worth at an expiry. */
export interface StatedPrices {
  readonly options: readonly Option[];
  readonly futures: readonly Future[];
}

/**
 * A volatility index with a forward to every expiry that something says one for: what is given, else a future that
 * expires on that day, else what the prices of its calls and puts imply. Every other underlying as it is: its yield is
 * stated, if only as none.
 */
export function withForwards(underlying: Underlying, prices: StatedPrices, market: MarketTerms): Underlying {
  if (!VOLATILITY_INDICES.includes(underlying.symbol)) return underlying;
  const stated = { ...underlying, forwards: [...underlying.forwards, ...futureForwards(underlying, prices.futures)] };
  const implied = chainsOf(underlying, prices.options).flatMap((chain): readonly Forward[] => {
    const marked = chain.flatMap((contract) =>
      contract.price === null ? [] : [{ contract, mark: contract.price.toNumber(), uncertainty: 0 }],
    );
    return missingForward(stated, parityForward(marked, market));
  });
  return { ...stated, forwards: [...stated.forwards, ...implied] };
}

/** An implied forward where nothing better is known of its expiry. */
export function missingForward(
  { forwards }: Pick<Underlying, 'forwards'>,
  implied: Forward | undefined,
): readonly Forward[] {
  const isKnown = forwards.some(
    ({ expiry, root }) => expiry === implied?.expiry && (root === '' || root === implied.root),
  );
  return implied === undefined || isKnown ? [] : [implied];
}

/** What futures on an underlying say of it on the days they expire, where nobody has said. */
export function futureForwards({ symbol, forwards }: Underlying, futures: readonly Future[]): readonly Forward[] {
  return futures.flatMap(({ underlying, expiry, price }): Forward[] => {
    if (underlying !== symbol || price === null || forwards.some((known) => known.expiry === expiry)) return [];
    return [{ expiry, root: '', forward: price.toNumber(), rate: null, source: 'FUTURE', pairs: 0 }];
  });
}

/** By root and expiry, which are the first twelve characters of a listed symbol. */
function chainsOf({ symbol }: Underlying, options: readonly Option[]): readonly (readonly Option[])[] {
  const chains = new Map<string, Option[]>();
  for (const option of options) {
    if (option.underlying !== symbol || option.form !== 'LISTED' || option.adjusted) continue;
    const key = option.symbol.slice(0, 12);
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [option]);
    else chain.push(option);
  }
  return [...chains.values()];
}
