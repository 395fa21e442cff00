import {
  chainFamily,
  type ChainFamily,
  chainImpliedVolatility,
  type ImpliedVolatility,
  impliedVolatility,
  type OptionTerms,
} from '@app/pricing';
import { pairKey, seriesKey } from './chain-flags.js';
import type { Option, OptionContract, Underlying, VolatilitySource } from './instrument.js';
import { type MarketTerms, optionTerms } from './option-terms.js';
import { usableSpot } from './usable-spot.js';

export interface ChainVolatility {
  /** Annual, > 0. */
  readonly volatilityAnnual: number;
  readonly source: VolatilitySource;
}

/** An option with its mark, and with a volatility where the market's own data gave one. */
export type PricedContract = OptionContract & Pick<Option, 'price' | 'impliedVolatility'>;

/** Volatility of an option that has a price and nothing to compare it with: nearly none, so nearly its intrinsic value. */
const FLOOR_VOLATILITY_ANNUAL = 0.01;

/** `null`: none needed or none possible; 'BELOW': priced, but at or below what it is worth at no volatility. */
type OwnVolatility = ChainVolatility | 'BELOW' | null;

type Solve = (option: PricedContract, terms: OptionTerms, spot: number, price: number) => ImpliedVolatility;

function ownVolatility(
  option: PricedContract,
  underlying: Underlying,
  market: MarketTerms,
  spot: number | null,
  solve: Solve,
): OwnVolatility {
  if (option.adjusted && option.deliverable === null) return null;
  if (option.impliedVolatility !== null) return { volatilityAnnual: option.impliedVolatility, source: 'GIVEN' };
  if (option.price === null || spot === null) return null;
  const result = optionTerms(option, underlying, market);
  // At settlement the value is intrinsic whatever the volatility.
  if (result.kind === 'GAPS' || result.terms.yearsToExpiry === 0) return null;
  const solved = solve(option, result.terms, spot, option.price.toNumber());
  if (solved.kind === 'SOLVED') return { volatilityAnnual: solved.volatilityAnnual, source: 'SOLVED' };
  return solved.reason === 'AT_OR_BELOW_LOWER_BOUND' ? 'BELOW' : null;
}

/** Indices of the options that share a key, in the chain's order. */
function indicesBy(chain: readonly PricedContract[], key: (option: PricedContract) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  chain.forEach((option, i) => {
    const group = groups.get(key(option));
    if (group === undefined) groups.set(key(option), [i]);
    else group.push(i);
  });
  return groups;
}

/** Root, expiry and right: what options of a ladder of strikes have in common. */
function ladderKey(option: PricedContract): string {
  return option.form === 'LISTED' ? option.symbol.slice(0, 13) : `${seriesKey(option)} ${option.right}`;
}

/** Fewer strikes are solved sooner one by one than with what the ladder shares. */
const FEWEST_SHARING = 10;

/** Exercise boundaries do not depend on the strike: the options of a ladder share theirs. */
function ladderSolver(chain: readonly PricedContract[]): Solve {
  const ladders = indicesBy(chain, ladderKey);
  const families = new Map<string, ChainFamily>();
  return (option, terms, spot, price) => {
    if (ladders.get(ladderKey(option))!.length < FEWEST_SHARING) return impliedVolatility(terms, spot, price);
    const key = `${ladderKey(option)} ${option.exercise}`;
    const family = families.get(key) ?? chainFamily(terms);
    families.set(key, family);
    return chainImpliedVolatility(family, option.strike, spot, price);
  };
}

/** Indices of one root, expiry and right in order of strike. */
function strikeLadders(chain: readonly PricedContract[]): number[][] {
  const ladders = indicesBy(chain, ladderKey);
  return [...ladders.values()].map((ladder) => ladder.toSorted((a, b) => chain[a].strike - chain[b].strike));
}

/** For every index of a ladder, the nearest index that has a volatility of its own; the lower strike wins a tie. */
function nearestKnown(
  ladder: readonly number[],
  chain: readonly PricedContract[],
  own: readonly OwnVolatility[],
): Map<number, number> {
  const isKnown = (i: number): boolean => own[i] !== null && own[i] !== 'BELOW';
  const nearest = new Map<number, number>();
  let below: number | undefined;
  for (const i of ladder) {
    if (isKnown(i)) below = i;
    if (below !== undefined) nearest.set(i, below);
  }
  let above: number | undefined;
  for (const i of ladder.toReversed()) {
    if (isKnown(i)) above = i;
    const lower = nearest.get(i);
    const closer = (candidate: number): boolean =>
      lower === undefined || chain[candidate].strike - chain[i].strike < chain[i].strike - chain[lower].strike;
    if (above !== undefined && closer(above)) nearest.set(i, above);
  }
  return nearest;
}

/**
 * The volatility of every option of one underlying, in the chain's order. It is solved from the mark under the option's
 * own exercise style; a mark at or below the option's least value has no solution, and a stated substitute takes its
 * place: the volatility of the nearest strike of the same expiry and right, else of the call or put at its own strike,
 * else 1 %. Null, and so never a number, where there is no mark or no spot, where the mark is at or above the most the
 * option can be worth, where the deliverable is unknown, and where the option has settled or expired.
 */
export function chainVolatilities(
  chain: readonly PricedContract[],
  underlying: Underlying,
  market: MarketTerms,
): readonly (ChainVolatility | null)[] {
  const spot = usableSpot(underlying);
  const solve = ladderSolver(chain);
  const own = chain.map((option) => ownVolatility(option, underlying, market, spot, solve));
  const neighbours = new Map(strikeLadders(chain).flatMap((ladder) => [...nearestKnown(ladder, chain, own)]));
  const partners = indicesBy(chain, pairKey);
  const substitute = (i: number | undefined, source: VolatilitySource): ChainVolatility | undefined => {
    const known = i === undefined ? null : own[i];
    return known === null || known === 'BELOW' ? undefined : { volatilityAnnual: known.volatilityAnnual, source };
  };
  return own.map((volatility, i) => {
    if (volatility !== 'BELOW') return volatility;
    const partner = partners.get(pairKey(chain[i]))?.find((other) => other !== i);
    return (
      substitute(neighbours.get(i), 'NEIGHBOUR_STRIKE') ??
      substitute(partner, 'PARITY_PARTNER') ?? { volatilityAnnual: FLOOR_VOLATILITY_ANNUAL, source: 'FLOOR' }
    );
  });
}
