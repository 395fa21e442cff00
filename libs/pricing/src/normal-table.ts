import { normalCdf, normalDensity } from './normal-cdf.js';

/*
 * Normal distribution and density from tables of Taylor coefficients at multiples of 1/32: no exponential, no division.
 * Absolute error at most 3e-16 (distribution) and 3e-13 (density); the kernels call them some hundred times a price.
 */

const NODES_PER_UNIT = 32;
/** Beyond it the tail, 1e-19, is below the last digit of any price. */
const REACH = 9;
const NODES = 2 * REACH * NODES_PER_UNIT + 1;
const CENTRE = REACH * NODES_PER_UNIT + 0.5;
/** Coefficients of a node: 7 of the distribution, 6 of the density; rows of 8 keep to a cache line. */
const ROW = 8;
const CDF_TERMS = 7;
const DENSITY_TERMS = 6;

const cdf = new Float64Array(NODES * ROW);
const density = new Float64Array(NODES * ROW);
fillTables();

/** Derivatives of the density are (-1)^k He_k(x) times itself, He_k the Hermite polynomials of probability. */
function fillTables(): void {
  for (let i = 0; i < NODES; i++) {
    const x = i / NODES_PER_UNIT - REACH;
    cdf[i * ROW] = normalCdf(x);
    let derivative = normalDensity(x);
    let before = 0;
    let factorial = 1;
    for (let k = 0; k < DENSITY_TERMS; k++) {
      density[i * ROW + k] = derivative / factorial;
      if (k + 1 < CDF_TERMS) cdf[i * ROW + k + 1] = derivative / (factorial * (k + 1));
      const next = -x * derivative - k * before;
      before = derivative;
      derivative = next;
      factorial *= k + 1;
    }
  }
}

/** Standard normal distribution; exactly 0 and 1 beyond 9 deviations, NaN for NaN. */
export function tableCdf(x: number): number {
  if (x > REACH) return 1;
  if (x < -REACH) return 0;
  const node = (x * NODES_PER_UNIT + CENTRE) | 0;
  const h = x - (node / NODES_PER_UNIT - REACH);
  const i = node * ROW;
  const high = ((cdf[i + 6] * h + cdf[i + 5]) * h + cdf[i + 4]) * h + cdf[i + 3];
  return ((high * h + cdf[i + 2]) * h + cdf[i + 1]) * h + cdf[i];
}

/** Standard normal density; exactly 0 beyond 9 deviations, NaN for NaN. */
export function tableDensity(x: number): number {
  if (x > REACH || x < -REACH) return 0;
  const node = (x * NODES_PER_UNIT + CENTRE) | 0;
  const h = x - (node / NODES_PER_UNIT - REACH);
  const i = node * ROW;
  const high = (density[i + 5] * h + density[i + 4]) * h + density[i + 3];
  return ((high * h + density[i + 2]) * h + density[i + 1]) * h + density[i];
}
