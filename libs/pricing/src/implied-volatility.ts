import { certainValue } from './certain-value.js';
import { mayExerciseEarly } from './early-exercise.js';
import { dividendsPresentValue, escrowedSpot } from './escrowed-spot.js';
import { impliedDeviation } from './european-implied-volatility.js';
import { largestValue } from './largest-value.js';
import { normalDensity } from './normal-cdf.js';
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

const SMALLEST_VOLATILITY = 1e-4;
const LARGEST_VOLATILITY = 20;
/** An American price is met to this fraction of spot, a hundredth of a cent on a $10,000 share. */
const PRICE_TOLERANCE = 1e-8;
const VOLATILITY_TOLERANCE = 1e-10;
const LARGEST_ITERATIONS = 100;

/**
 * Volatility implied by a price per share, over the same model as `optionValue`.
 *
 * European: to machine precision. American: to |price error| ≤ 1e-8 × spot, or a bracket narrower than 1e-10.
 *
 * @throws RangeError naming the argument that is negative, not finite or out of order
 */
export function impliedVolatility(terms: OptionTerms, spot: number, price: number): ImpliedVolatility {
  checkTerms(terms);
  checkNotNegative('spot', spot);
  checkNotNegative('price', price);
  if (terms.yearsToExpiry === 0) return none('EXPIRED');

  const netSpot = escrowedSpot(spot, dividendsPresentValue(terms.dividends));
  if (price <= certainValue(terms, spot, netSpot)) return none('AT_OR_BELOW_LOWER_BOUND');
  if (netSpot === 0 || price >= largestValue(terms, spot, netSpot)) return none('AT_OR_ABOVE_UPPER_BOUND');
  const european = europeanSolution(terms, netSpot, price);
  if (!mayExerciseEarly(terms)) return inRange(european);
  return americanSolution(terms, spot, netSpot, price, european);
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

/**
 * An American option is worth no less than its European twin, so the European solution bounds the American one from
 * above. From there: a Newton step with the European vega, then secants, halving the bracket whenever a secant leaves
 * it or fails to halve the error (the value is flat where the option is worth intrinsic).
 */
function americanSolution(
  terms: OptionTerms,
  spot: number,
  netSpot: number,
  price: number,
  european: number,
): ImpliedVolatility {
  let low = SMALLEST_VOLATILITY;
  let high = Math.min(european, LARGEST_VOLATILITY);
  if (high <= low) return none('AT_OR_BELOW_LOWER_BOUND');
  let volatility = high;
  let error = optionValue(terms, spot, volatility) - price;
  const tolerance = PRICE_TOLERANCE * spot;
  if (error < -tolerance) return none('AT_OR_ABOVE_UPPER_BOUND');

  let next = volatility - error / europeanVega(terms, netSpot, volatility);
  for (let i = 0; i < LARGEST_ITERATIONS; i++) {
    if (Math.abs(error) <= tolerance || high - low <= VOLATILITY_TOLERANCE) break;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const previous = volatility;
    const previousError = error;
    volatility = next;
    error = optionValue(terms, spot, volatility) - price;
    if (error > 0) high = volatility;
    else low = volatility;
    const isSlow = Math.abs(error) > 0.5 * Math.abs(previousError);
    next = isSlow ? NaN : volatility - (error * (volatility - previous)) / (error - previousError);
  }
  return volatility - SMALLEST_VOLATILITY <= VOLATILITY_TOLERANCE
    ? none('AT_OR_BELOW_LOWER_BOUND')
    : { kind: 'SOLVED', volatilityAnnual: volatility };
}

/** Change of the European value per unit of volatility. */
function europeanVega(terms: OptionTerms, netSpot: number, volatility: number): number {
  const { strike, yearsToExpiry: T, rateContinuous: r, dividendYield: q } = terms;
  const deviation = volatility * Math.sqrt(T);
  const d1 = (Math.log(netSpot / strike) + (r - q) * T) / deviation + 0.5 * deviation;
  return netSpot * Math.exp(-q * T) * normalDensity(d1) * Math.sqrt(T);
}

function inRange(volatility: number): ImpliedVolatility {
  if (volatility > LARGEST_VOLATILITY) return none('AT_OR_ABOVE_UPPER_BOUND');
  if (!(volatility >= SMALLEST_VOLATILITY)) return none('AT_OR_BELOW_LOWER_BOUND');
  return { kind: 'SOLVED', volatilityAnnual: volatility };
}

function none(reason: ImpliedVolatilityGap): ImpliedVolatility {
  return { kind: 'NONE', reason };
}
