import { optionArray } from './option-array.js';
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
