import type { OptionTerms } from '@app/pricing';
import { type Quote, quoteMid } from './quote.js';

/** How far a pair may be outside its bounds, as a fraction of spot: spot and quotes are not of the same second. */
const PARITY_SLACK_OF_SPOT = 0.01;

export interface ParityBounds {
  /** Least and greatest value of call minus put, money per share. */
  readonly low: number;
  readonly high: number;
}

/**
 * What call minus put of one strike and expiry can be worth. European: exactly S·e^(−qT) − PV(dividends) − K·e^(−rT).
 * American: S·e^(−qT) − PV(dividends) − K ≤ C − P ≤ S − K·e^(−rT) (Hull, ch. 11), with each bound taken at the better
 * date to exercise, so that it holds for negative rates and yields as well. `terms` are those of either of the two.
 */
export function parityBounds(terms: OptionTerms, spot: number): ParityBounds {
  const yieldFactor = Math.exp(-terms.dividendYield * terms.yearsToExpiry);
  const rateFactor = Math.exp(-terms.rateContinuous * terms.yearsToExpiry);
  const dividendValue = terms.dividends.reduce(
    (sum, { amount, years, rateContinuous }) => sum + amount * Math.exp(-rateContinuous * years),
    0,
  );
  if (terms.exercise === 'EUROPEAN') {
    const forward = spot * yieldFactor - dividendValue - terms.strike * rateFactor;
    return { low: forward, high: forward };
  }
  return {
    low: spot * Math.min(1, yieldFactor) - dividendValue - terms.strike * Math.max(1, rateFactor),
    high: spot * Math.max(1, yieldFactor) - terms.strike * Math.min(1, rateFactor),
  };
}

/**
 * True where no prices inside the two quotes agree with parity, by more than 1 % of spot: buying one side and selling
 * the other would earn it, so that one of the two is stale. A pair of which one has no price says nothing.
 */
export function parityBreak(call: Quote, put: Quote, terms: OptionTerms, spot: number): boolean {
  if (quoteMid(call) === null || quoteMid(put) === null) return false;
  const slack = PARITY_SLACK_OF_SPOT * spot;
  const { low, high } = parityBounds(terms, spot);
  const cheapest = Number(call.bid) - Number(put.ask);
  const dearest = Number(call.ask) - Number(put.bid);
  return cheapest > high + slack || dearest < low - slack;
}
