import { LARGEST_DEGREE, LARGEST_INNER, LARGEST_OUTER, type Scheme } from './scheme.js';

/*
 * Discount factors at a scheme's times: they depend on rate, yield and time only, so all volatilities and strikes of an
 * expiry share them. The last ones of each scheme are kept; kept or computed anew, they are the same bits.
 */

export interface Discounts {
  r: number;
  q: number;
  years: number;
  /** w_k sin_k e^{-r s} and w_k sin_k e^{-q s}, s = tau_i cos²_k, row i l + k. */
  readonly rateWeights: Float64Array;
  readonly yieldWeights: Float64Array;
  /** e^{-r tau_i}, e^{-q tau_i}. */
  readonly rateDiscounts: Float64Array;
  readonly yieldDiscounts: Float64Array;
  /** Weights of the premium integral: 2 r T w_k sin_k cos_k e^{-r T cos²_k}, likewise with q. */
  readonly ratePremiums: Float64Array;
  readonly yieldPremiums: Float64Array;
}

const kept = new Map<Scheme, Discounts>();

export function discounts(scheme: Scheme, r: number, q: number, years: number): Discounts {
  let row = kept.get(scheme);
  if (row === undefined) kept.set(scheme, (row = room()));
  if (row.r !== r || row.q !== q || row.years !== years) fill(row, scheme, r, q, years);
  return row;
}

function room(): Discounts {
  const inner = (): Float64Array => new Float64Array((LARGEST_DEGREE + 1) * LARGEST_INNER);
  const times = (): Float64Array => new Float64Array(LARGEST_DEGREE + 1);
  const outer = (): Float64Array => new Float64Array(LARGEST_OUTER);
  return {
    ...{ r: NaN, q: NaN, years: NaN, rateWeights: inner(), yieldWeights: inner() },
    ...{ rateDiscounts: times(), yieldDiscounts: times(), ratePremiums: outer(), yieldPremiums: outer() },
  };
}

function fill(row: Discounts, scheme: Scheme, r: number, q: number, years: number): void {
  row.r = r;
  row.q = q;
  row.years = years;
  fillInner(scheme, r, years, row.rateDiscounts, row.rateWeights);
  fillOuter(scheme, r, years, row.ratePremiums);
  // Without a yield its integrals are skipped.
  if (q === 0) row.yieldDiscounts.fill(1);
  else fillInner(scheme, q, years, row.yieldDiscounts, row.yieldWeights);
  fillOuter(scheme, q, years, row.yieldPremiums);
}

function fillInner(scheme: Scheme, rate: number, years: number, factors: Float64Array, weights: Float64Array): void {
  const { count: l, sin, cos, weight } = scheme.inner;
  for (let i = 1; i <= scheme.degree; i++) {
    const tau = years * scheme.roots[i] * scheme.roots[i];
    factors[i] = Math.exp(-rate * tau);
    for (let k = 0; k < l; k++) weights[i * l + k] = weight[k] * sin[k] * Math.exp(-rate * tau * cos[k] * cos[k]);
  }
}

function fillOuter(scheme: Scheme, rate: number, years: number, premiums: Float64Array): void {
  const { count: p, sin, cos, weight } = scheme.outer;
  for (let k = 0; k < p; k++) {
    const c = cos[k];
    premiums[k] = 2 * rate * years * weight[k] * sin[k] * c * Math.exp(-rate * years * c * c);
  }
}
