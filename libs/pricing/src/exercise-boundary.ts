import { boundaryStart, depthNearExpiry } from './boundary-start.js';
import { sweepA, sweepB, type SweepInput } from './boundary-sweep.js';
import { discounts } from './discounts.js';
import { LARGEST_DEGREE, LARGEST_INNER, type Scheme } from './scheme.js';

/*
 * The early-exercise boundary B(tau) of an American put of strike 1: at or below it the put is exercised. It depends on
 * rate, yield, volatility and time alone, not on spot or strike, so all spots of a risk array share it. A call is a put
 * with rate and yield exchanged (McDonald & Schroder 1998). For r > 0, or r = 0 > q: where there is one boundary.
 *
 * Andersen, Lake & Offengenden (2016): QD+ as the start, one Newton step on the outer terms of B = N / D, then plain
 * steps on ln B with Anderson acceleration of depth 1 (Walker & Ni 2011).
 */

const input: SweepInput = {
  ...{ r: NaN, q: NaN, sigma: NaN, years: NaN },
  lnB: new Float64Array(LARGEST_DEGREE + 1),
  inner: new Float64Array((LARGEST_DEGREE + 1) * LARGEST_INNER),
  ...{ rateWeights: new Float64Array(0), yieldWeights: new Float64Array(0) },
  ...{ rateDiscounts: new Float64Array(0), yieldDiscounts: new Float64Array(0) },
  value: new Float64Array(LARGEST_DEGREE + 1),
  slope: new Float64Array(LARGEST_DEGREE + 1),
};
const H = new Float64Array(LARGEST_DEGREE);
const target = new Float64Array(LARGEST_DEGREE + 1);
const residual = new Float64Array(LARGEST_DEGREE + 1);

/** B at expiry: the strike, or where yield on the share outweighs interest on the strike, r / q. */
export function boundaryAtExpiry(r: number, q: number): number {
  return q <= 0 || q <= r ? 1 : r / q;
}

/**
 * Writes ln(B(tau_i) / B(0)) ≤ 0 at the scheme's times, i = 0..n, to `out`.
 */
export function exerciseBoundary(
  scheme: Scheme,
  r: number,
  q: number,
  sigma: number,
  years: number,
  out: Float64Array,
): void {
  const X = boundaryAtExpiry(r, q);
  const lnX = Math.log(X);
  prepare(scheme, r, q, sigma, years);
  start(scheme, X);
  for (let sweep = 0; sweep < scheme.sweeps; sweep++) {
    readInner(scheme, lnX);
    if (scheme.equation === 'FP-A') sweepA(input, scheme);
    else sweepB(input, scheme);
    if (sweep === 0) newtonStep(scheme.degree, lnX);
    else acceleratedStep(scheme.degree, lnX);
  }
  out[0] = 0;
  for (let i = 1; i <= scheme.degree; i++) out[i] = input.lnB[i] - lnX;
}

function prepare(scheme: Scheme, r: number, q: number, sigma: number, years: number): void {
  const row = discounts(scheme, r, q, years);
  input.r = r;
  input.q = q;
  input.sigma = sigma;
  input.years = years;
  input.rateWeights = row.rateWeights;
  input.yieldWeights = row.yieldWeights;
  input.rateDiscounts = row.rateDiscounts;
  input.yieldDiscounts = row.yieldDiscounts;
}

/** Every time starts from the one before, its logarithm grown with tau^0.375. */
function start(scheme: Scheme, X: number): void {
  const { r, q, sigma, years, lnB } = input;
  const lnX = Math.log(X);
  let L = depthNearExpiry(r, q, sigma, years * scheme.roots[1] * scheme.roots[1]);
  for (let i = 1; i <= scheme.degree; i++) {
    const tau = years * scheme.roots[i] * scheme.roots[i];
    const guess = X * Math.exp(L * scheme.growth[i]);
    L = Math.log(boundaryStart(r, q, sigma, tau, X, guess)) - lnX;
    lnB[i] = L + lnX;
  }
}

/** ln B(u) at all quadrature points of all times. */
function readInner(scheme: Scheme, lnX: number): void {
  const { degree: n, innerRows } = scheme;
  const { lnB, inner } = input;
  for (let j = 0; j < n; j++) H[j] = (lnB[j + 1] - lnX) * (lnB[j + 1] - lnX);
  const end = (n + 1) * scheme.inner.count;
  let at = scheme.inner.count * n;
  for (let point = scheme.inner.count; point < end; point++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += innerRows[at++] * H[j];
    inner[point] = sum < 0 ? lnX : lnX - Math.sqrt(sum);
  }
}

/** First step: Newton's for B = f(B), f = N / D. Keeps what the second needs to accelerate. */
function newtonStep(n: number, lnX: number): void {
  const { lnB, value, slope } = input;
  for (let i = 1; i <= n; i++) {
    const B = Math.exp(lnB[i]);
    if (!(value[i] > 0)) value[i] = B;
    const next = B - (value[i] - B) / (slope[i] / B - 1);
    target[i] = Math.log(value[i]);
    residual[i] = target[i] - lnB[i];
    lnB[i] = Math.min(lnX, next > 0 ? Math.log(next) : target[i]);
  }
}

/** Later steps: ln B <- ln f(B), less the share beta of its change since the step before that cancels the residuals. */
function acceleratedStep(n: number, lnX: number): void {
  const { lnB, value } = input;
  let along = 0;
  let square = 0;
  for (let i = 1; i <= n; i++) {
    if (!(value[i] > 0)) value[i] = Math.exp(lnB[i]);
    const F = Math.log(value[i]) - lnB[i];
    const change = F - residual[i];
    along += F * change;
    square += change * change;
  }
  const beta = square > 0 ? Math.min(0.9, Math.max(-3, along / square)) : 0;
  for (let i = 1; i <= n; i++) {
    const g = Math.log(value[i]);
    const next = g - beta * (g - target[i]);
    target[i] = g;
    residual[i] = g - lnB[i];
    lnB[i] = Math.min(lnX, next);
  }
}
