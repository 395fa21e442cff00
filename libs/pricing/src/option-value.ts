import { gridPremiums } from './american-grid.js';
import { raiseToAmerican } from './boundary-values.js';
import { type ChainFamily, setFamilyPremium } from './chain-family.js';
import { certainValue, intrinsicValue } from './certain-value.js';
import { mayExerciseEarly } from './early-exercise.js';
import { dividendsPresentValue, escrowedSpot } from './escrowed-spot.js';
import { europeanArray } from './european-array.js';
import { largestValue } from './largest-value.js';
import { checkNotNegative, checkTerms } from './option-check.js';
import type { OptionTerms } from './option-terms.js';
import { premiumIntegral, setPremium } from './premium-integral.js';
import { schemeFor } from './scheme.js';
import { exerciseRegion, unitPut } from './unit-put.js';

/** Below this deviation of the log price to expiry an American option is worth what it is worth for certain. */
const SMALLEST_DEVIATION = 1e-6;

const oneSpot = new Float64Array(1);
const oneVolatility = new Float64Array(1);
const oneValue = new Float64Array(1);
const premium = premiumIntegral();

/** Room for the spots of a call: net of dividends, discounted, and two logarithms of each. Grows, never shrinks. */
let net = new Float64Array(64);
let forwards = new Float64Array(64);
let logs = new Float64Array(64);
let forwardLogs = new Float64Array(64);
let premiums = new Float64Array(64);

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

/** `optionValue` at many spots and one volatility, written to `out` in the order of `spots`; see `optionArray`. */
export function optionValues(
  terms: OptionTerms,
  spots: Float64Array,
  volatilityAnnual: number,
  out: Float64Array,
): void {
  oneVolatility[0] = volatilityAnnual;
  optionArray(terms, spots, oneVolatility, out);
}

/**
 * `optionValue` at every pair of a volatility and a spot: `out[v × spots.length + s]`; `out` may not be an input. The
 * work that depends on the volatility alone is done once for all spots; a value is the same bits as on its own.
 *
 * European: Black & Scholes (1973), Merton (1973). American: Andersen, Lake & Offengenden (2016), to 1e-6 of the larger
 * of spot and strike. Cash dividends are escrowed in both.
 */
export function optionArray(
  terms: OptionTerms,
  spots: Float64Array,
  volatilities: Float64Array,
  out: Float64Array,
): void {
  fillArray(terms, null, spots, volatilities, out);
}

/** `optionArray` of one strike of an expiry, with the exercise boundaries its options share; see `ChainFamily`. */
export function chainArray(
  family: ChainFamily,
  strike: number,
  spots: Float64Array,
  volatilities: Float64Array,
  out: Float64Array,
): void {
  fillArray({ ...family.terms, strike }, family, spots, volatilities, out);
}

/** `optionValue` of one strike of an expiry; see `chainArray`. */
export function chainValue(family: ChainFamily, strike: number, spot: number, volatilityAnnual: number): number {
  oneSpot[0] = spot;
  oneVolatility[0] = volatilityAnnual;
  chainArray(family, strike, oneSpot, oneVolatility, oneValue);
  return oneValue[0];
}

function fillArray(
  terms: OptionTerms,
  family: ChainFamily | null,
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
  place(terms, spots);
  const early = mayExerciseEarly(terms);
  for (let v = 0; v < volatilities.length; v++) {
    if (early) american(terms, family, spots, volatilities[v], out, v * count);
    else european(terms, count, volatilities[v], out, v * count);
  }
}

function checkArguments(terms: OptionTerms, spots: Float64Array, volatilities: Float64Array, out: Float64Array): void {
  checkTerms(terms);
  for (let j = 0; j < spots.length; j++) checkNotNegative('spot', spots[j]);
  for (let v = 0; v < volatilities.length; v++) checkNotNegative('volatilityAnnual', volatilities[v]);
  const needed = spots.length * volatilities.length;
  if (out.length < needed) throw new RangeError(`out holds ${out.length} values, ${needed} are needed`);
}

/** Spots net of dividends, their discounted forwards, and the logarithms of both over the strike. */
function place(terms: OptionTerms, spots: Float64Array): void {
  const { strike, yearsToExpiry: T, rateContinuous: r, dividendYield: q } = terms;
  const count = spots.length;
  if (net.length < count) [net, forwards, logs, forwardLogs] = [0, 0, 0, 0].map(() => new Float64Array(2 * count));
  const dividendsValue = terms.dividends.length === 0 ? 0 : dividendsPresentValue(terms.dividends);
  const yieldDiscount = q === 0 ? 1 : Math.exp(-q * T);
  const carry = (r - q) * T;
  for (let j = 0; j < count; j++) {
    net[j] = escrowedSpot(spots[j], dividendsValue);
    forwards[j] = net[j] * yieldDiscount;
    logs[j] = Math.log(net[j] / strike);
    forwardLogs[j] = logs[j] + carry;
  }
}

function european(terms: OptionTerms, count: number, sigma: number, out: Float64Array, offset: number): void {
  const { strike, yearsToExpiry: T, rateContinuous: r } = terms;
  const B = strike * Math.exp(-r * T);
  europeanArray(terms.right === 'CALL', forwards, forwardLogs, count, B, sigma * Math.sqrt(T), out, offset);
}

function american(
  terms: OptionTerms,
  family: ChainFamily | null,
  spots: Float64Array,
  sigma: number,
  out: Float64Array,
  offset: number,
): void {
  const count = spots.length;
  const deviation = sigma * Math.sqrt(terms.yearsToExpiry);
  if (deviation <= SMALLEST_DEVIATION) {
    for (let j = 0; j < count; j++) out[offset + j] = certainValue(terms, spots[j], net[j]);
    return;
  }
  const put = unitPut(terms);
  if (terms.dividends.length === 0 && exerciseRegion(put) === 'BELOW') {
    european(terms, count, sigma, out, offset);
    const { r, q } = put;
    if (family !== null) setFamilyPremium(premium, family, put, sigma);
    else setPremium(premium, schemeFor(r, q, sigma, terms.yearsToExpiry), r, q, sigma, terms.yearsToExpiry);
    raiseToAmerican(put, premium, spots, logs, count, out, offset);
  } else {
    if (premiums.length < count) premiums = new Float64Array(2 * count);
    gridPremiums(terms, logs, count, sigma, premiums);
    european(terms, count, sigma, out, offset);
    for (let j = 0; j < count; j++) {
      const value = out[offset + j] + Math.max(0, premiums[j]);
      out[offset + j] = Math.max(value, certainValue(terms, spots[j], net[j]));
    }
  }
  for (let j = 0; j < count; j++) out[offset + j] = Math.min(out[offset + j], largestValue(terms, spots[j], net[j]));
}
