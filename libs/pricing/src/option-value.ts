import { referenceBoundary } from './boundary-source.js';
import { fillArray, optionArray } from './option-array.js';
import type { OptionTerms } from './option-terms.js';

const oneSpot = new Float64Array(1);
const oneVolatility = new Float64Array(1);
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
 * `optionValue` to 1e-9 of the strike, at some fifty times the cost: to check prices against, not to make them. With
 * cash dividends or between two exercise boundaries it is `optionValue`.
 */
export function optionReference(terms: OptionTerms, spot: number, volatilityAnnual: number): number {
  oneSpot[0] = spot;
  oneVolatility[0] = volatilityAnnual;
  fillArray(terms, referenceBoundary, oneSpot, oneVolatility, oneValue);
  return oneValue[0];
}
