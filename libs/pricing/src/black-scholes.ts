import { normalCdf } from './normal-cdf.js';
import type { OptionTerms } from './option-terms.js';

/**
 * European value per share on an escrowed spot (spot net of the cash dividends' present value).
 * Black & Scholes (1973); Merton (1973) for the proportional yield.
 *
 * @param deviation standard deviation of the log price to expiry, volatility × sqrt(years), ≥ 0
 */
export function blackScholes(terms: OptionTerms, netSpot: number, deviation: number): number {
  const { strike, yearsToExpiry: T, rateContinuous: r, dividendYield: q } = terms;
  const discountedSpot = netSpot * Math.exp(-q * T);
  const discountedStrike = strike * Math.exp(-r * T);
  return blackScholesForward(terms.right === 'CALL', discountedSpot, discountedStrike, deviation);
}

/** The same on discounted legs: A = S e^{-qT}, B = K e^{-rT}; many spots share B and the deviation. */
export function blackScholesForward(isCall: boolean, A: number, B: number, deviation: number): number {
  if (!(A > 0) || !(deviation > 0)) return Math.max(0, isCall ? A - B : B - A);
  const d1 = Math.log(A / B) / deviation + 0.5 * deviation;
  const d2 = d1 - deviation;
  // Far in or out of the money the difference may round to -1e-16; a value is never negative.
  const value = isCall ? A * normalCdf(d1) - B * normalCdf(d2) : B * normalCdf(-d2) - A * normalCdf(-d1);
  return Math.max(0, value);
}
