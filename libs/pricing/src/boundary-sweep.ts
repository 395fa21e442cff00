import { tableCdf, tableDensity } from './normal-table.js';
import type { Scheme } from './scheme.js';

/*
 * One evaluation of the fixed-point equation of Andersen, Lake & Offengenden (2016), B = N / D, for a put of strike 1
 * at every collocation time tau, with s = tau - u and
 *   d±(s, z) = (ln z + (r - q) s) / (sigma sqrt s) ± sigma sqrt(s) / 2,
 *   d±0 = d±(tau, B(tau)),  d± = d±(s, B(tau) / B(u)).
 * Discount factors stand inside the integrals, so that nothing grows. Tested through the prices they lead to.
 */

/** What a sweep reads: the equation's numbers, and room for its results. */
export interface SweepInput {
  r: number;
  q: number;
  sigma: number;
  years: number;
  /** ln B(tau_i), i = 1..n. */
  readonly lnB: Float64Array;
  /** ln B(u) at the quadrature points, row i l + k. */
  readonly inner: Float64Array;
  /** w_k sin_k e^{-r s} and w_k sin_k e^{-q s}, row i l + k; e^{-r tau_i} and e^{-q tau_i}. */
  rateWeights: Float64Array;
  yieldWeights: Float64Array;
  rateDiscounts: Float64Array;
  yieldDiscounts: Float64Array;
  /** N / D at every time, and its derivative by B through the terms outside the integrals. */
  readonly value: Float64Array;
  readonly slope: Float64Array;
}

/**
 * FP-A, smooth pasting:
 * N = e^{-r tau} phi(d-0) / (sigma sqrt tau) + r ∫ e^{-rs} phi(d-) / (sigma sqrt s) ds
 * D = e^{-q tau} (phi(d+0) / (sigma sqrt tau) + Phi(d+0)) + q ∫ e^{-qs} (Phi(d+) + phi(d+) / (sigma sqrt s)) ds
 */
export function sweepA(input: SweepInput, scheme: Scheme): void {
  const { r, q, sigma, lnB, inner, rateWeights, yieldWeights, value, slope } = input;
  const { count: l, cos, sec } = scheme.inner;
  const drift = (r - q) / sigma - 0.5 * sigma;
  const rootYears = Math.sqrt(input.years);
  for (let i = 1; i <= scheme.degree; i++) {
    const rootTau = rootYears * scheme.roots[i];
    const sd = sigma * rootTau;
    const inverse = 1 / sd;
    const carry = drift * rootTau;
    const lnBi = lnB[i];
    let sumN = 0;
    let sumD = 0;
    for (let k = 0, at = i * l; k < l; k++, at++) {
      const c = cos[k];
      const dMinus = (lnBi - inner[at]) * inverse * sec[k] + carry * c;
      sumN += rateWeights[at] * tableDensity(dMinus);
      if (q !== 0) {
        const dPlus = dMinus + sd * c;
        sumD += yieldWeights[at] * (sd * c * tableCdf(dPlus) + tableDensity(dPlus));
      }
    }
    const factor = (2 * rootTau) / sigma;
    const dMinus0 = lnBi * inverse + carry;
    const dPlus0 = dMinus0 + sd;
    const densityMinus = input.rateDiscounts[i] * tableDensity(dMinus0) * inverse;
    const densityPlus = input.yieldDiscounts[i] * tableDensity(dPlus0) * inverse;
    const N = densityMinus + r * factor * sumN;
    const D = densityPlus + input.yieldDiscounts[i] * tableCdf(dPlus0) + q * factor * sumD;
    const f = N / D;
    value[i] = f;
    // N'/N - D'/D, without the 1/B common to both derivatives.
    slope[i] = f * ((-dMinus0 * densityMinus * inverse) / N - (densityPlus * (1 - dPlus0 * inverse)) / D);
  }
}

/**
 * FP-B, value matching:
 * N = e^{-r tau} Phi(d-0) + r ∫ e^{-rs} Phi(d-) ds,  D = e^{-q tau} Phi(d+0) + q ∫ e^{-qs} Phi(d+) ds
 */
export function sweepB(input: SweepInput, scheme: Scheme): void {
  const { r, q, sigma, lnB, inner, rateWeights, yieldWeights, value, slope } = input;
  const { count: l, cos, sec } = scheme.inner;
  const drift = (r - q) / sigma - 0.5 * sigma;
  const rootYears = Math.sqrt(input.years);
  for (let i = 1; i <= scheme.degree; i++) {
    const rootTau = rootYears * scheme.roots[i];
    const sd = sigma * rootTau;
    const inverse = 1 / sd;
    const carry = drift * rootTau;
    const lnBi = lnB[i];
    let sumN = 0;
    let sumD = 0;
    for (let k = 0, at = i * l; k < l; k++, at++) {
      const c = cos[k];
      const dMinus = (lnBi - inner[at]) * inverse * sec[k] + carry * c;
      sumN += rateWeights[at] * c * tableCdf(dMinus);
      if (q !== 0) sumD += yieldWeights[at] * c * tableCdf(dMinus + sd * c);
    }
    const factor = 2 * rootTau * rootTau;
    const dMinus0 = lnBi * inverse + carry;
    const dPlus0 = dMinus0 + sd;
    const N = input.rateDiscounts[i] * tableCdf(dMinus0) + r * factor * sumN;
    const D = input.yieldDiscounts[i] * tableCdf(dPlus0) + q * factor * sumD;
    const f = N / D;
    value[i] = f;
    const slopeN = input.rateDiscounts[i] * tableDensity(dMinus0) * inverse;
    const slopeD = input.yieldDiscounts[i] * tableDensity(dPlus0) * inverse;
    slope[i] = f * (slopeN / N - slopeD / D);
  }
}
