import { earlyExercisePremiums } from './american-lattice.js';
import { blackScholes } from './black-scholes.js';
import { certainValue, intrinsicValue } from './certain-value.js';
import { mayExerciseEarly } from './early-exercise.js';
import { dividendsPresentValue, escrowedSpot } from './escrowed-spot.js';
import { largestValue } from './largest-value.js';
import { checkNotNegative, checkTerms } from './option-check.js';
import type { OptionTerms } from './option-terms.js';

/** Below this deviation of the log price to expiry the option is worth what it is worth for certain. */
const SMALLEST_DEVIATION = 1e-8;

const oneSpot = new Float64Array(1);
const oneValue = new Float64Array(1);

/**
 * Value of an option per share of its underlying, in the strike's currency, ≥ 0.
 *
 * @param spot price of the underlying, cash dividends included, ≥ 0
 * @param volatilityAnnual volatility of the escrowed spot as a fraction (0.2 is 20 %), ≥ 0
 * @throws RangeError naming the argument that is negative, not finite or out of order
 */
export function optionValue(terms: OptionTerms, spot: number, volatilityAnnual: number): number {
  oneSpot[0] = spot;
  optionValues(terms, oneSpot, volatilityAnnual, oneValue);
  return oneValue[0];
}

/**
 * `optionValue` at many spots and one volatility, written to `out` in the order of `spots`; `out` may not be `spots`.
 *
 * European: Black & Scholes (1973), Merton (1973). American: a lattice (see american-lattice.ts), unless exercising
 * early can never pay. Cash dividends are escrowed in both.
 */
export function optionValues(
  terms: OptionTerms,
  spots: Float64Array,
  volatilityAnnual: number,
  out: Float64Array,
): void {
  checkTerms(terms);
  for (let j = 0; j < spots.length; j++) checkNotNegative('spot', spots[j]);
  checkNotNegative('volatilityAnnual', volatilityAnnual);
  if (out.length < spots.length) throw new RangeError(`out holds ${out.length} values, ${spots.length} are needed`);

  if (terms.yearsToExpiry === 0) {
    for (let j = 0; j < spots.length; j++) out[j] = intrinsicValue(terms, spots[j]);
    return;
  }
  const deviation = volatilityAnnual * Math.sqrt(terms.yearsToExpiry);
  const early = mayExerciseEarly(terms);
  if (early && deviation > SMALLEST_DEVIATION) earlyExercisePremiums(terms, spots, deviation, out);
  else out.fill(0, 0, spots.length);
  addEuropean(terms, spots, deviation, out);
  if (early) keepWithinBounds(terms, spots, out);
}

/** Turns premiums into values. */
function addEuropean(terms: OptionTerms, spots: Float64Array, deviation: number, out: Float64Array): void {
  const { strike, yearsToExpiry: T, rateContinuous: r, dividendYield: q } = terms;
  const isCall = terms.right === 'CALL';
  const discountedStrike = strike * Math.exp(-r * T);
  const yieldDiscount = Math.exp(-q * T);
  const dividendsValue = dividendsPresentValue(terms.dividends);
  for (let j = 0; j < spots.length; j++) {
    const discountedSpot = escrowedSpot(spots[j], dividendsValue) * yieldDiscount;
    out[j] = Math.max(0, out[j]) + blackScholes(isCall, discountedSpot, discountedStrike, deviation);
  }
}

/** A lattice knows its bounds only to its own error; they hold exactly. */
function keepWithinBounds(terms: OptionTerms, spots: Float64Array, out: Float64Array): void {
  const dividendsValue = dividendsPresentValue(terms.dividends);
  for (let j = 0; j < spots.length; j++) {
    const netSpot = escrowedSpot(spots[j], dividendsValue);
    const value = Math.max(out[j], certainValue(terms, spots[j], netSpot));
    out[j] = Math.min(value, largestValue(terms, spots[j], netSpot));
  }
}
