import { discounts } from './discounts.js';
import { boundaryAtExpiry, exerciseBoundary } from './exercise-boundary.js';
import { tableCdf } from './normal-table.js';
import { LARGEST_DEGREE, LARGEST_OUTER, type Scheme } from './scheme.js';

/*
 * Value of an American put of strike 1 at any spots e^x, given its exercise boundary. Kim (1990):
 *   w = european + ∫_0^T r e^{-rs} Phi(-d-(s, e^x / B(T-s))) - q e^x e^{-qs} Phi(-d+(s, e^x / B(T-s))) ds.
 * At the quadrature's fixed times d- = alpha x + beta and d+ = d- + gamma, so a spot costs two table lookups a node, one
 * without yield, and no exponential.
 */

/** One boundary made ready to value spots; also the room it is made in. */
export interface PremiumIntegral {
  /** ln B(T): at or below it the put is worth its intrinsic value. */
  lnB: number;
  count: number;
  hasYield: boolean;
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly gamma: Float64Array;
  ratePremiums: Float64Array;
  yieldPremiums: Float64Array;
}

export function premiumIntegral(): PremiumIntegral {
  const nodes = (): Float64Array => new Float64Array(LARGEST_OUTER);
  return {
    ...{ lnB: NaN, count: 0, hasYield: false, alpha: nodes(), beta: nodes(), gamma: nodes() },
    ...{ ratePremiums: nodes(), yieldPremiums: nodes() },
  };
}

const L = new Float64Array(LARGEST_DEGREE + 1);
const depth = new Float64Array(LARGEST_OUTER + 1);

/** Solves the boundary and makes it ready. */
export function setPremium(out: PremiumIntegral, scheme: Scheme, r: number, q: number, sigma: number, T: number): void {
  exerciseBoundary(scheme, r, q, sigma, T, L);
  for (let k = 0; k <= scheme.outer.count; k++) depth[k] = depthAt(scheme, L, k);
  setPremiumOf(out, depth, scheme, r, q, sigma, T);
}

/** ln(B(0) / B) ≥ 0 at node k of the premium's quadrature, at T for the one after the last. */
export function depthAt(scheme: Scheme, boundary: Float64Array, k: number): number {
  const { degree: n, outer, outerRows } = scheme;
  if (k === outer.count) return -boundary[n];
  let H = 0;
  for (let j = 1, at = k * n; j <= n; j++, at++) H += outerRows[at] * boundary[j] * boundary[j];
  return H < 0 ? 0 : Math.sqrt(H);
}

/** Makes ready a boundary given by its depths. */
export function setPremiumOf(
  out: PremiumIntegral,
  depths: Float64Array,
  scheme: Scheme,
  r: number,
  q: number,
  sigma: number,
  T: number,
): void {
  const { count, cos, sec } = scheme.outer;
  const row = discounts(scheme, r, q, T);
  const lnX = Math.log(boundaryAtExpiry(r, q));
  const sd = sigma * Math.sqrt(T);
  const inverse = 1 / sd;
  const drift = (r - q) * T * inverse - 0.5 * sd;
  for (let k = 0; k < count; k++) {
    const alpha = inverse * sec[k];
    out.alpha[k] = alpha;
    out.beta[k] = cos[k] * drift + (depths[k] - lnX) * alpha;
    out.gamma[k] = sd * cos[k];
  }
  out.lnB = lnX - depths[count];
  out.count = count;
  out.hasYield = q !== 0;
  out.ratePremiums = row.ratePremiums;
  out.yieldPremiums = row.yieldPremiums;
}

/** What early exercise adds to the European value at the spot e^x, x > ln B(T). */
export function earlyExercisePremium(premium: PremiumIntegral, x: number, spot: number): number {
  const { count, alpha, beta, gamma, ratePremiums, yieldPremiums } = premium;
  let interest = 0;
  if (!premium.hasYield) {
    for (let k = 0; k < count; k++) interest += ratePremiums[k] * tableCdf(-(alpha[k] * x + beta[k]));
    return interest;
  }
  let dividends = 0;
  for (let k = 0; k < count; k++) {
    const d = alpha[k] * x + beta[k];
    interest += ratePremiums[k] * tableCdf(-d);
    dividends += yieldPremiums[k] * tableCdf(-d - gamma[k]);
  }
  return interest - spot * dividends;
}
