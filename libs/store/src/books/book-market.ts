import type { Option, Underlying } from '@app/market';

/** An option a generated book may hold. */
export interface BookOption {
  readonly symbol: string;
  /** Dollars per share. */
  readonly strike: number;
}

/** The options of one underlying that end on one day, each right by ascending strike. */
export interface BookExpiry {
  readonly calls: readonly BookOption[];
  readonly puts: readonly BookOption[];
}

/** An underlying that books are built on, with what is listed on it by ascending expiry. */
export interface BookChain {
  readonly symbol: string;
  readonly classGroup: string;
  /** Dollars per share or index points. */
  readonly spot: number;
  /** False for an index, which cannot be held itself. */
  readonly isHeld: boolean;
  readonly isIndexed: boolean;
  readonly expiries: readonly BookExpiry[];
}

/** What books are drawn from. Its order depends on the snapshot alone, so that one snapshot gives one book. */
export interface BookMarket {
  /** The most widely listed first. */
  readonly chains: readonly BookChain[];
  /** Funds of an index with options on the index itself: pairs that hedge each other in one class group. */
  readonly hedges: readonly { readonly fund: BookChain; readonly index: BookChain }[];
}

/** Strikes per right and expiry at most: those nearest to the spot. */
const STRIKES_AT_MOST = 24;
const EXPIRIES_AT_MOST = 8;
/** With fewer strikes than a condor's four on some day, an underlying has nothing to build with. */
const STRIKES_AT_LEAST = 6;

/** The part of a market that books are built on: priced today, options with a volatility of their own. */
export function bookMarket(underlyings: readonly Underlying[], options: readonly Option[]): BookMarket {
  const byUnderlying = new Map<string, Option[]>();
  for (const option of options.filter(isUsable)) {
    const known = byUnderlying.get(option.underlying);
    if (known === undefined) byUnderlying.set(option.underlying, [option]);
    else known.push(option);
  }
  const chains = underlyings
    .filter(({ price, priceDate }) => price !== null && price.gt(0) && priceDate === null)
    .map((underlying) => ({ underlying, listed: byUnderlying.get(underlying.symbol) ?? [] }))
    .sort((a, b) => b.listed.length - a.listed.length || byCodeUnit(a.underlying.symbol, b.underlying.symbol))
    .map(({ underlying, listed }) => bookChain(underlying, listed))
    .filter(({ expiries }) => expiries.length > 0);
  const hedges = chains
    .filter(({ isHeld, isIndexed }) => isHeld && isIndexed)
    .flatMap((fund) => {
      const index = chains.find(({ isHeld, classGroup }) => !isHeld && classGroup === fund.classGroup);
      return index === undefined ? [] : [{ fund, index }];
    });
  return { chains, hedges };
}

/** Nothing doubtful: a generated account must have an answer. */
function isUsable({ price, volatilitySource, flags, adjusted }: Option): boolean {
  const hasOwnVolatility = volatilitySource === 'SOLVED' || volatilitySource === 'GIVEN';
  return price !== null && price.gt(0) && hasOwnVolatility && flags.length === 0 && !adjusted;
}

function bookChain(underlying: Underlying, options: readonly Option[]): BookChain {
  const spot = underlying.price!.toNumber();
  const byExpiry = new Map<string, Option[]>();
  for (const option of options) byExpiry.set(option.expiry, [...(byExpiry.get(option.expiry) ?? []), option]);
  const expiries = [...byExpiry]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, listed]) => ({ calls: nearest(listed, 'CALL', spot), puts: nearest(listed, 'PUT', spot) }))
    .filter(({ calls, puts }) => Math.min(calls.length, puts.length) >= STRIKES_AT_LEAST)
    .slice(0, EXPIRIES_AT_MOST);
  const { symbol, classGroup, type, productClass } = underlying;
  return { symbol, classGroup, spot, isHeld: type !== 'INDEX', isIndexed: productClass !== 'EQUITY', expiries };
}

function nearest(options: readonly Option[], right: Option['right'], spot: number): BookOption[] {
  return options
    .filter((option) => option.right === right)
    .map(({ symbol, strike }) => ({ symbol, strike }))
    .sort((a, b) => Math.abs(a.strike - spot) - Math.abs(b.strike - spot) || byCodeUnit(a.symbol, b.symbol))
    .slice(0, STRIKES_AT_MOST)
    .sort((a, b) => a.strike - b.strike || byCodeUnit(a.symbol, b.symbol));
}

/** Order by code unit, the same on every machine. */
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
