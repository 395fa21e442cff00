import { tableCdf, tableDensity } from './normal-table.js';

/** Relative step, and step in deviations, at which the start is good enough; a looser stop costs the sweeps more. */
const LAST_STEP = 2e-4;
const LAST_STEP_DEVIATIONS = 2e-3;
const LARGEST_STEPS = 24;
/** A boundary is not looked for below this fraction of the strike, where a Newton step has lost all its digits. */
const LOWEST = 1e-12;
/** Nor can it be below this one, which nothing depends on: it keeps its logarithm finite. */
const FLOOR = 1e-200;

/**
 * Start for the exercise boundary of a unit-strike put at time `tau` to expiry: QD+ of Li (2009). Newton's method from
 * `guess` on F(S) = g S + (lambda + a0) E + a1 Theta, with g = 1 - e^{-q tau} Phi(-d+), E = 1 - S - p(S), p the
 * European put and Theta its time decay, a form without 0 / 0 at r = 0.
 *
 * @param X boundary at expiry, which no start exceeds
 */
export function boundaryStart(r: number, q: number, sigma: number, tau: number, X: number, guess: number): number {
  const sd = sigma * Math.sqrt(tau);
  const discount = Math.exp(-r * tau);
  const dividendDiscount = Math.exp(-q * tau);
  const carry = (r - q) * tau;
  const variance = sigma * sigma;
  const k = Math.abs(r * tau) < 1e-9 ? 1 / tau : r / (1 - discount);
  const omega = (2 * (r - q)) / variance;
  const kv = (2 * k) / variance;
  const R = Math.sqrt((omega - 1) * (omega - 1) + 4 * kv);
  const a0 = (discount / R) * (kv - (kv * kv) / (R * R));
  const a1 = -2 / (variance * R);
  const b = a0 - 0.5 * (omega - 1 + R);

  const lastStep = Math.min(LAST_STEP, LAST_STEP_DEVIATIONS * sd);
  let S = Math.min(Math.max(guess, FLOOR), X);
  for (let step = 0; step < LARGEST_STEPS; step++) {
    const dPlus = (Math.log(S) + carry) / sd + 0.5 * sd;
    const below = tableCdf(-dPlus);
    const belowStrike = tableCdf(sd - dPlus);
    const slope = dividendDiscount * tableDensity(dPlus);
    const g = 1 - dividendDiscount * below;
    const E = 1 - discount * belowStrike - S * g;
    const decay = (0.5 * sigma) / Math.sqrt(tau);
    const theta = r * discount * belowStrike - S * (q * dividendDiscount * below + decay * slope);
    const thetaSlope = slope * ((q - r) / sd - decay * (1 - dPlus / sd)) - q * dividendDiscount * below;
    const F = g * S + b * E + a1 * theta;
    const next = S - F / (g + slope / sd - b * g + a1 * thetaSlope);
    const bounded = next > LOWEST ? Math.min(next, X) : Math.max(FLOOR, 0.5 * S);
    const change = Math.abs(bounded - S);
    S = bounded;
    if (change <= lastStep * S) break;
  }
  return S;
}

/**
 * ln(B / X) just before expiry, by how the boundary leaves X: as a multiple of sigma sqrt(tau) that is fixed for q > r
 * (Wilmott, Dewynne & Howison 1993), else grows with the logarithm of tau (Evans, Kuske & Keller 2002; their limit for
 * q < r, and for q = r, whichever is less deep).
 */
export function depthNearExpiry(r: number, q: number, sigma: number, tau: number): number {
  const sd = sigma * Math.sqrt(tau);
  if (q > r) return -0.638 * sd;
  const gain = ((r - q) * Math.sqrt(tau)) / sigma;
  const apart = -Math.log(8 * Math.PI * gain * gain);
  const together = -2 * Math.log(4 * Math.sqrt(Math.PI) * Math.max(r, -q) * tau);
  return -sd * Math.sqrt(Math.max(1, Math.min(apart, together)));
}
