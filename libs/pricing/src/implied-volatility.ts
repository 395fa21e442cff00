import { americanSolution } from './american-implied-volatility.js';
import { certainValue } from './certain-value.js';
import { type ChainFamily, chainValue } from './chain-family.js';
import { mayExerciseEarly } from './early-exercise.js';
import { dividendsPresentValue, escrowedSpot } from './escrowed-spot.js';
import { impliedDeviation } from './european-implied-volatility.js';
import { largestValue } from './largest-value.js';
import { checkNotNegative, checkTerms } from './option-check.js';
import type { OptionTerms } from './option-terms.js';
import { optionValue } from './option-value.js';

/**
 * The volatility (annual, a fraction) at which the model gives a price, or why there is none:
 * - `EXPIRED`: no time left, the price does not depend on volatility;
 * - `AT_OR_BELOW_LOWER_BOUND`: at or below the value without volatility (for an American option at least intrinsic
 *   value), or above it by less than a volatility of 0.01 % explains;
 * - `AT_OR_ABOVE_UPPER_BOUND`: at or above what unlimited volatility gives, or more than 2000 % explains.
 */
export type ImpliedVolatility =
  | { readonly kind: 'SOLVED'; readonly volatilityAnnual: number }
  | { readonly kind: 'NONE'; readonly reason: ImpliedVolatilityGap };

export type ImpliedVolatilityGap = 'EXPIRED' | 'AT_OR_BELOW_LOWER_BOUND' | 'AT_OR_ABOVE_UPPER_BOUND';

/** A price is met to this fraction of spot, a ten-thousandth of a cent on a $10,000 share. */
const PRICE_TOLERANCE = 1e-10;
/** With cash dividends a twentieth of what values are good to: closer, they move in steps. */
const GRID_TOLERANCE = 5e-8;
const SMALLEST_VOLATILITY = 1e-4;
const LARGEST_VOLATILITY = 20;

/**
 * Volatility implied by a price per share, over the same model as `optionValue`.
 *
 * European: to machine precision. American: to |price error| ≤ 1e-10 × spot; with cash dividends to 1e-7 × spot. Where
 * the price falls into a step between two schemes of approximation, 1e-6 × strike at most, no volatility gives better.
 *
 * @throws RangeError naming the argument that is negative, not finite or out of order
 */
export function impliedVolatility(terms: OptionTerms, spot: number, price: number): ImpliedVolatility {
  return solution(terms, spot, price, (volatility) => optionValue(terms, spot, volatility));
}

/** `impliedVolatility` of one strike of an expiry, over the same model as `chainArray`. */
export function chainImpliedVolatility(
  family: ChainFamily,
  strike: number,
  spot: number,
  price: number,
): ImpliedVolatility {
  const value = (volatility: number): number => chainValue(family, strike, spot, volatility);
  return solution({ ...family.terms, strike }, spot, price, value);
}

function solution(
  terms: OptionTerms,
  spot: number,
  price: number,
  value: (volatility: number) => number,
): ImpliedVolatility {
  checkTerms(terms);
  checkNotNegative('spot', spot);
  checkNotNegative('price', price);
  if (terms.yearsToExpiry === 0) return none('EXPIRED');

  const netSpot = escrowedSpot(spot, dividendsPresentValue(terms.dividends));
  if (price <= certainValue(terms, spot, netSpot)) return none('AT_OR_BELOW_LOWER_BOUND');
  if (netSpot === 0 || price >= largestValue(terms, spot, netSpot)) return none('AT_OR_ABOVE_UPPER_BOUND');
  const european = (amount: number): number => europeanSolution(terms, netSpot, amount);
  if (!mayExerciseEarly(terms)) return inRange(european(price));
  const tolerance = spot * (terms.dividends.length > 0 ? GRID_TOLERANCE : PRICE_TOLERANCE);
  const american = americanSolution({
    ...{ value, european, price, tolerance, lowest: SMALLEST_VOLATILITY, highest: LARGEST_VOLATILITY },
  });
  // A search that ends at the bottom found every volatility worth more.
  return inRange(american - SMALLEST_VOLATILITY <= 1e-10 ? 0 : american);
}

/** Infinity when no volatility gives as much. The price must be above the value without volatility. */
function europeanSolution(terms: OptionTerms, netSpot: number, price: number): number {
  const A = netSpot * Math.exp(-terms.dividendYield * terms.yearsToExpiry);
  const B = terms.strike * Math.exp(-terms.rateContinuous * terms.yearsToExpiry);
  const isCall = terms.right === 'CALL';
  if (price >= (isCall ? A : B)) return Infinity;
  const timeValue = price - Math.max(0, isCall ? A - B : B - A);
  return impliedDeviation(A, B, timeValue) / Math.sqrt(terms.yearsToExpiry);
}

function inRange(volatility: number): ImpliedVolatility {
  if (volatility > LARGEST_VOLATILITY) return none('AT_OR_ABOVE_UPPER_BOUND');
  if (!(volatility >= SMALLEST_VOLATILITY)) return none('AT_OR_BELOW_LOWER_BOUND');
  return { kind: 'SOLVED', volatilityAnnual: volatility };
}

function none(reason: ImpliedVolatilityGap): ImpliedVolatility {
  return { kind: 'NONE', reason };
}
