import { normalCdf, normalDensity } from './normal-cdf.js';

const LARGEST_ITERATIONS = 64;
/** Below it b and its slope have too few digits left for their ratio to mean anything. */
const SMALLEST_PRICE = 1e-290;

/**
 * Deviation (volatility × sqrt(years)) at which a European option on discounted legs A = S e^{-qT}, B = K e^{-rT} has
 * the out-of-the-money value `timeValue`, the price less max(0, w (A - B)). 0 if there is none, Infinity if it is
 * min(A, B) or more.
 *
 * In units of sqrt(AB), with x = -|ln(A / B)|, the out-of-the-money call is b(s) = e^{x/2} N(x/s + s/2) -
 * e^{-x/2} N(x/s - s/2), convex up to s = sqrt(2 |x|) and concave after (Manaster & Koehler 1982). Below that point
 * 1 / ln b, above it the logarithm of what is missing to the upper bound, are nearly straight in s (Jäckel 2006,
 * "By implication"): Newton steps on those, inside a bracket.
 */
export function impliedDeviation(A: number, B: number, timeValue: number): number {
  const x = -Math.abs(Math.log(A / B));
  const target = timeValue / Math.sqrt(A * B);
  const half = Math.exp(0.5 * x);
  const missing = (Math.min(A, B) - timeValue) / Math.sqrt(A * B);
  if (!(target > 0)) return 0;
  if (!(missing > 0)) return Infinity;

  let low = 0;
  let high = Infinity;
  let s = Math.sqrt(-2 * x);
  const isLower = s > 0 && target < call(x, half, s);
  if (s > 0 && isLower) high = s;
  else low = s;
  // At the money b is nearly s / sqrt(2 pi).
  if (!isLower) s = Math.max(s, Math.sqrt(2 * Math.PI) * target);
  for (let i = 0; i < LARGEST_ITERATIONS; i++) {
    const b = call(x, half, s);
    if (b < target) low = s;
    else high = s;
    const step = isLower ? lowerStep(x, s, b, target) : upperStep(x, half, s, missing);
    // Below, straighter still in s² (1 / ln b is about -2 s² / x²).
    const newton = isLower ? Math.sqrt(s * s - 2 * s * step) : s - step;
    // Newton doubles the digits: after a step of 1e-8 nothing is left to gain.
    if (Math.abs(step) <= 1e-8 * s && b > SMALLEST_PRICE) return newton;
    if (newton > low && newton < high) s = newton;
    else s = high < Infinity ? 0.5 * (low + high) : 2 * s;
  }
  return s;
}

function call(x: number, half: number, s: number): number {
  return half * normalCdf(x / s + 0.5 * s) - normalCdf(x / s - 0.5 * s) / half;
}

/** Slope of b in s. */
function slope(x: number, s: number): number {
  const h = x / s;
  return normalDensity(h) * Math.exp(-0.125 * s * s);
}

/** Newton step for 1 / ln b(s) = 1 / ln target. */
function lowerStep(x: number, s: number, b: number, target: number): number {
  const lnB = Math.log(b);
  return ((1 / lnB - 1 / Math.log(target)) * -b * lnB * lnB) / slope(x, s);
}

/** Newton step for ln(missing(s)) = ln(missing), what lacks to the upper bound e^{x/2}. */
function upperStep(x: number, half: number, s: number, missing: number): number {
  const lacks = half * normalCdf(-x / s - 0.5 * s) + normalCdf(x / s - 0.5 * s) / half;
  return (-Math.log(lacks / missing) * lacks) / slope(x, s);
}
