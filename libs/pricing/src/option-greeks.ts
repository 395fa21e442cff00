import { boundaryBy, type BoundarySource } from './boundary-source.js';
import { intrinsicValue } from './certain-value.js';
import { presentValue } from './escrowed-spot.js';
import { fillArray } from './option-array.js';
import type { OptionTerms } from './option-terms.js';
import { schemeFor } from './scheme.js';
import { unitPut } from './unit-put.js';

/** Value per share of the underlying and its derivatives. */
export interface OptionGreeks {
  readonly value: number;
  /** By spot: - for a put. */
  readonly delta: number;
  /** By spot, twice. */
  readonly gamma: number;
  /** By volatility, per 1.00 (100 percentage points). */
  readonly vega: number;
  /** By time as it passes, per year; as a rule negative. 0 where exercised. */
  readonly theta: number;
  /** By all rates together, expiry's and the dividends', per 1.00. */
  readonly rho: number;
}

/** Volatilities are taken at least so large that the deviation to expiry is this: below, a derivative is a step. */
const SMALLEST_DEVIATION = 1e-5;
/** Steps of the differences: spot in deviations to expiry (more on a grid, read between nodes), volatility, rate. */
const SPOT_STEP = 1e-3;
const GRID_SPOT_STEP = 2e-2;
const VOLATILITY_STEP = 1e-3;
const RATE_STEP = 1e-5;

const spots = new Float64Array(3);
const volatilities = new Float64Array(3);
const values = new Float64Array(9);

/**
 * Value and greeks from one pass: three spots by three volatilities, which share three exercise boundaries, all by one
 * scheme, and two more for rho. Theta is what the pricing equation leaves: r V - (r - q) X delta - sigma² X² gamma / 2,
 * less delta times what the escrowed dividends earn.
 *
 * @throws RangeError as `optionArray` does
 */
export function optionGreeks(terms: OptionTerms, spot: number, volatilityAnnual: number): OptionGreeks {
  const { yearsToExpiry: T, strike } = terms;
  const intrinsic = intrinsicValue(terms, spot);
  const w = terms.right === 'CALL' ? 1 : -1;
  const rootYears = Math.sqrt(T);
  const sigma = Math.max(volatilityAnnual, T > 0 ? SMALLEST_DEVIATION / rootYears : 0);
  const put = unitPut(terms);
  const boundary = boundaryBy(schemeFor(put.r, put.q, Math.max(sigma, Number.MIN_VALUE), T));
  const onGrid = terms.dividends.length > 0 || put.r < 0;
  const step = spot * Math.min(0.05, (onGrid ? GRID_SPOT_STEP : SPOT_STEP) * sigma * rootYears);
  spots.set([spot - step, spot, spot + step]);
  volatilities.set([sigma * (1 - VOLATILITY_STEP), sigma, sigma * (1 + VOLATILITY_STEP)]);
  fillArray(terms, boundary, spots, volatilities, values);

  const value = values[4];
  const isExercised = value <= intrinsic && (terms.exercise === 'AMERICAN' || T === 0);
  if (isExercised || !(step > 0)) {
    const delta = w * (spot - strike) > 0 ? w : 0;
    return { value, delta, gamma: 0, vega: 0, theta: 0, rho: 0 };
  }
  const [low, , high] = values.slice(3, 6);
  const delta = (high - low) / (2 * step);
  const gamma = (high - 2 * value + low) / (step * step);
  const vega = (values[7] - values[1]) / (2 * VOLATILITY_STEP * sigma);
  const theta = timeDecay(terms, spot, sigma, value, delta, gamma);
  return { value, delta, gamma, vega, theta, rho: rateSlope(terms, boundary, spot, sigma) };
}

function timeDecay(
  terms: OptionTerms,
  spot: number,
  sigma: number,
  value: number,
  delta: number,
  gamma: number,
): number {
  const { rateContinuous: r, dividendYield: q, dividends } = terms;
  let escrow = 0;
  let earned = 0;
  for (const dividend of dividends) {
    escrow += presentValue(dividend);
    earned += dividend.rateContinuous * presentValue(dividend);
  }
  const X = Math.max(0, spot - escrow);
  return r * value - (r - q) * X * delta - 0.5 * sigma * sigma * X * X * gamma - delta * earned;
}

function rateSlope(terms: OptionTerms, boundary: BoundarySource, spot: number, sigma: number): number {
  spots.fill(spot);
  volatilities.fill(sigma);
  const [up, down] = [RATE_STEP, -RATE_STEP].map((shift) => {
    const dividends = terms.dividends.map((row) => ({ ...row, rateContinuous: row.rateContinuous + shift }));
    const shifted = { ...terms, rateContinuous: terms.rateContinuous + shift, dividends };
    fillArray(shifted, boundary, spots.subarray(0, 1), volatilities.subarray(0, 1), values);
    return values[0];
  });
  return (up - down) / (2 * RATE_STEP);
}
