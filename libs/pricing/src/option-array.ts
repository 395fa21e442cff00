import { type ArrayInputs, arrayInputs, setInputs } from './array-inputs.js';
import { gridPremiums } from './american-grid.js';
import { type BoundarySource, ownBoundary } from './boundary-source.js';
import { raiseToAmerican } from './boundary-values.js';
import { certainValue, intrinsicValue } from './certain-value.js';
import { mayExerciseEarly } from './early-exercise.js';
import { europeanArray } from './european-array.js';
import { checkNotNegative, checkTerms } from './option-check.js';
import type { OptionTerms } from './option-terms.js';
import { premiumIntegral } from './premium-integral.js';
import { exerciseRegion, unitPut } from './unit-put.js';

/*
 * Below these deviations of the log price to expiry an option is worth what it is worth for certain: what volatility
 * adds, 0.4 deviations of the strike at most, is beyond the accuracy promised.
 */
const SMALLEST_AMERICAN = 1e-6;
const SMALLEST_EUROPEAN = 1e-15;
/** Interest and yield that early exercise could gain, of strike and spot, below which it is worth nothing. */
const SMALLEST_GAIN = 1e-10;

const inputs = arrayInputs();
const premium = premiumIntegral();
let premiums = new Float64Array(64);

/**
 * Value per share at every pair of a volatility and a spot: `out[v × spots.length + s]`; `out` may not be an input. What
 * depends on the volatility alone, an American option's exercise boundary, is done once for all spots.
 *
 * European: Black & Scholes (1973), Merton (1973), to rounding. American: Andersen, Lake & Offengenden (2016), to 1e-6
 * of the strike, and the same bits alone as in an array. Cash dividends are escrowed in both (Roll 1977, Geske 1979,
 * Whaley 1981): the share less the present value of its dividends is what moves, so a European value stays a formula,
 * and what listed options imply is one volatility on both sides of an ex-date. American with cash dividends: finite
 * differences, to 1e-6 of spot; alone and in an array agree to 1e-9.
 *
 * @throws RangeError naming the argument that is negative, not finite or out of order
 */
export function optionArray(
  terms: OptionTerms,
  spots: Float64Array,
  volatilities: Float64Array,
  out: Float64Array,
): void {
  fillArray(terms, ownBoundary, spots, volatilities, out);
}

/** `optionArray` with exercise boundaries from elsewhere. */
export function fillArray(
  terms: OptionTerms,
  boundary: BoundarySource,
  spots: Float64Array,
  volatilities: Float64Array,
  out: Float64Array,
): void {
  const count = spots.length;
  checkArguments(terms, spots, volatilities, out);
  if (terms.yearsToExpiry === 0) {
    for (let at = 0; at < count * volatilities.length; at++) out[at] = intrinsicValue(terms, spots[at % count]);
    return;
  }
  setInputs(inputs, terms, spots);
  const early = mayExerciseEarly(terms);
  for (let v = 0; v < volatilities.length; v++) {
    const deviation = volatilities[v] * Math.sqrt(terms.yearsToExpiry);
    const offset = v * count;
    const isEuropean = deviation > SMALLEST_EUROPEAN;
    if (isEuropean) europeanArray(terms.right === 'CALL', inputs, deviation, out, offset);
    else out.fill(0, offset, offset + count);
    if (early && deviation > SMALLEST_AMERICAN) raise(terms, boundary, volatilities[v], out, offset);
    else if (early || !isEuropean) raiseToCertain(terms, out, offset);
  }
}

function raiseToCertain(terms: OptionTerms, out: Float64Array, offset: number): void {
  for (let j = 0; j < inputs.count; j++) {
    const certain = certainValue(terms, inputs.spots[j], inputs.net[j]);
    if (out[offset + j] < certain) out[offset + j] = certain;
  }
}

function checkArguments(terms: OptionTerms, spots: Float64Array, volatilities: Float64Array, out: Float64Array): void {
  checkTerms(terms);
  for (let j = 0; j < spots.length; j++) checkNotNegative('spot', spots[j]);
  for (let v = 0; v < volatilities.length; v++) checkNotNegative('volatilityAnnual', volatilities[v]);
  const needed = spots.length * volatilities.length;
  if (out.length < needed) throw new RangeError(`out holds ${out.length} values, ${needed} are needed`);
}

/** From European to American values, in `out` from `offset`. */
function raise(terms: OptionTerms, boundary: BoundarySource, sigma: number, out: Float64Array, offset: number): void {
  const years = terms.yearsToExpiry;
  const put = unitPut(terms);
  if (terms.dividends.length > 0 || exerciseRegion(put) === 'BETWEEN') {
    addGridPremiums(terms, sigma, out, offset);
    raiseToCertain(terms, out, offset);
  } else if ((Math.max(put.r, 0) + Math.max(-put.q, 0)) * years < SMALLEST_GAIN) {
    raiseToCertain(terms, out, offset);
  } else {
    boundary(premium, put, sigma, years);
    raiseToAmerican(put, premium, inputs, out, offset);
  }
  keepBelowLargest(terms.right === 'CALL', terms.strike, inputs, out, offset);
}

function addGridPremiums(terms: OptionTerms, sigma: number, out: Float64Array, offset: number): void {
  const { count, logs } = inputs;
  if (premiums.length < count) premiums = new Float64Array(2 * count);
  gridPremiums(terms, logs, count, sigma, premiums);
  for (let j = 0; j < count; j++) if (!(premiums[j] <= 0)) out[offset + j] += premiums[j];
}

/** A value knows its upper bound only to its own error; it holds exactly. See `largestValue`. */
function keepBelowLargest(
  isCall: boolean,
  strike: number,
  { count, spots, net, forwards, discountedStrike }: ArrayInputs,
  out: Float64Array,
  offset: number,
): void {
  for (let j = 0; j < count; j++) {
    const now = isCall ? spots[j] : strike;
    const later = isCall ? spots[j] - net[j] + forwards[j] : discountedStrike;
    const largest = now > later ? now : later;
    if (out[offset + j] > largest) out[offset + j] = largest;
  }
}
