import { daysBetween } from './calendar-date.js';
import { pairKey, type QuotedContract } from './chain-flags.js';
import type { Forward, OptionContract } from './instrument.js';
import type { MarketTerms } from './option-terms.js';
import { DAYS_PER_YEAR } from './years-to-expiry.js';
import { zeroRate } from './zero-rate.js';

/** A contract with its mark, and how far the mark may be off: half the spread. */
export interface MarkedContract {
  readonly contract: OptionContract;
  readonly mark: number;
  readonly uncertainty: number;
}

/** A call and a put of one strike. */
interface Pair {
  readonly strike: number;
  /** Call less put. */
  readonly difference: number;
  readonly uncertainty: number;
}

/** Strikes looked at: those where call and put are worth most nearly the same, so that the forward is among them. */
const NEAREST = 40;
const FEWEST = 3;

/**
 * What European calls and puts of one root and expiry imply their underlying is worth then. Put-call parity is
 * C − P = D·(F − K) (Stoll 1969), a straight line in K that crosses 0 at the forward F with slope −D. It is fitted by
 * least squares to the half of the 40 pairs nearest the money whose quotes are tightest; D is the market's own discount
 * where it has a curve, since the slope over so few strikes says little about a rate, and fitted too where it has none.
 * Undefined where fewer than three pairs are left, and where no positive forward fits.
 */
export function parityForward(chain: readonly MarkedContract[], market: MarketTerms): Forward | undefined {
  const first = chain.at(0)?.contract;
  if (first?.form !== 'LISTED' || chain.some(({ contract }) => contract.exercise !== 'EUROPEAN')) return undefined;
  const days = daysBetween(market.valuationDate, first.expiry);
  if (days <= 0) return undefined;
  const tight = tightest(pairsOf(chain));
  if (tight.length < FEWEST) return undefined;
  const years = days / DAYS_PER_YEAR;
  const curveRate = zeroRate(market.rates, days);
  const known = { expiry: first.expiry, root: first.symbol.slice(0, 6).trimEnd(), pairs: tight.length };
  if (curveRate !== undefined) {
    const discount = Math.exp(-curveRate * years);
    const forward = mean(tight.map(({ strike, difference }) => strike + difference / discount));
    return forward > 0 ? { ...known, forward, rate: null, source: 'PARITY_IMPLIED' } : undefined;
  }
  const { discount, forward } = fitted(tight);
  if (!(discount > 0 && forward > 0)) return undefined;
  return { ...known, forward, rate: -Math.log(discount) / years, source: 'PARITY_IMPLIED' };
}

function pairsOf(chain: readonly MarkedContract[]): Pair[] {
  const puts = new Map(
    chain.filter(({ contract }) => contract.right === 'PUT').map((put) => [pairKey(put.contract), put]),
  );
  return chain.flatMap((call) => {
    const put = call.contract.right === 'CALL' ? puts.get(pairKey(call.contract)) : undefined;
    if (put === undefined) return [];
    const uncertainty = call.uncertainty + put.uncertainty;
    return [{ strike: call.contract.strike, difference: call.mark - put.mark, uncertainty }];
  });
}

/** Those with a bid above 0 and below the ask. */
export function markedContracts(chain: readonly QuotedContract[]): readonly MarkedContract[] {
  return chain.flatMap(({ contract, quote: { bid, ask } }) => {
    if (bid === null || ask === null || !bid.greaterThan(0) || !bid.lessThan(ask)) return [];
    return [{ contract, mark: bid.plus(ask).toNumber() / 2, uncertainty: ask.minus(bid).toNumber() / 2 }];
  });
}

function tightest(pairs: readonly Pair[]): readonly Pair[] {
  const near = pairs.toSorted((a, b) => Math.abs(a.difference) - Math.abs(b.difference)).slice(0, NEAREST);
  const spreads = near.map(({ uncertainty }) => uncertainty).sort((a, b) => a - b);
  const middle = spreads[Math.floor(spreads.length / 2)];
  return near.filter(({ uncertainty }) => uncertainty <= middle);
}

function fitted(pairs: readonly Pair[]): { readonly discount: number; readonly forward: number } {
  const strike = mean(pairs.map((pair) => pair.strike));
  const difference = mean(pairs.map((pair) => pair.difference));
  const across = pairs.reduce((sum, pair) => sum + (pair.strike - strike) * (pair.difference - difference), 0);
  const spread = pairs.reduce((sum, pair) => sum + (pair.strike - strike) * (pair.strike - strike), 0);
  const discount = -across / spread;
  return { discount, forward: strike + difference / discount };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
