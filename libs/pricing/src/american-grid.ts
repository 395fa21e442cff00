import { presentValue } from './escrowed-spot.js';
import type { OptionTerms } from './option-terms.js';
import { carryBack, passExDate, premiumAt, type PremiumGrid } from './premium-grid.js';
import { exerciseRegion, unitPut } from './unit-put.js';

/*
 * American options the exercise boundary cannot value: with cash dividends, or exercised between two boundaries. Two
 * grids, one of half the steps each way, and Richardson extrapolation: within 1e-6 of spot on the reference cases.
 */

const CELLS = 360;
const STEPS = 100;
const FEWEST_STEPS = 8;
/** Half width of the grid around the asked spots, in standard deviations to expiry. */
const REACH = 7;
/** Widest band of spots, in standard deviations, that shares a grid; beyond it separate grids are cheaper. */
const WIDEST_SHARED = 28;
/** 2500 % in a year. Values beyond are taken at it, their limit to the last digit. Keeps e^y finite. */
const LARGEST_DEVIATION = 25;
/** |ln(spot / strike)| beyond which early exercise is all or nothing: left to the bounds. Keeps e^y finite. */
const FURTHEST_LOG = 200;
/** Steps are multiplied by up to this where the drift to expiry is many deviations. */
const MOST_REFINED = 8;

let pending = new Float64Array(0);

/**
 * Writes to `out` what the right to exercise before expiry adds to the European value at each spot, per share, ≥ 0.
 * Bounds that hold exactly are the caller's to apply. A spot alone and in company agree to about 1e-9 of it.
 *
 * @param logs ln(X / K), X the spot net of dividends; -Infinity for none, which gives 0
 * @param sigma volatility, > 0; the terms must have time left
 */
export function gridPremiums(
  terms: OptionTerms,
  logs: Float64Array,
  count: number,
  sigma: number,
  out: Float64Array,
): void {
  const bounded = Math.min(sigma, LARGEST_DEVIATION / Math.sqrt(terms.yearsToExpiry));
  const deviation = bounded * Math.sqrt(terms.yearsToExpiry);
  if (pending.length < count) pending = new Float64Array(2 * count);
  for (let j = 0; j < count; j++) pending[j] = Math.abs(logs[j]) <= FURTHEST_LOG ? logs[j] : NaN;
  out.fill(0, 0, count);
  for (;;) {
    let low = Infinity;
    for (let j = 0; j < count; j++) if (pending[j] < low) low = pending[j];
    if (low === Infinity) return;
    const limit = low + WIDEST_SHARED * deviation;
    let high = low;
    for (let j = 0; j < count; j++) if (pending[j] > high && pending[j] <= limit) high = pending[j];
    addPremiums(terms, bounded, 2, low, high, 4 / 3, count, out);
    addPremiums(terms, bounded, 1, low, high, -1 / 3, count, out);
    for (let j = 0; j < count; j++) if (pending[j] <= high) pending[j] = NaN;
  }
}

/** Adds `weight` times the premiums of a grid `fineness` times as fine as the coarse one. */
function addPremiums(
  terms: OptionTerms,
  sigma: number,
  fineness: number,
  low: number,
  high: number,
  weight: number,
  count: number,
  out: Float64Array,
): void {
  const { strike, yearsToExpiry: T, rateContinuous: r, dividendYield: q } = terms;
  const grid = emptyGrid(terms, sigma, fineness, low, high);
  solve(grid, terms, fineness);
  const drift = (r - q - 0.5 * sigma * sigma) * T;
  const scale = weight * strike * Math.exp(-r * T);
  for (let j = 0; j < count; j++) {
    if (pending[j] >= low && pending[j] <= high) out[j] += scale * premiumAt(grid, pending[j] + drift);
  }
}

function emptyGrid(terms: OptionTerms, sigma: number, fineness: number, low: number, high: number): PremiumGrid {
  const { yearsToExpiry: T, rateContinuous: r, dividendYield: q } = terms;
  const deviation = sigma * Math.sqrt(T);
  const drift = (r - q - 0.5 * sigma * sigma) * T;
  const dy = (2 * REACH * deviation) / (CELLS * fineness);
  // Anchored to the strike, y = 0, so that spots in company share their nodes with each alone.
  const first = Math.floor((low + drift - REACH * deviation) / dy);
  const count = Math.ceil((high + drift + REACH * deviation) / dy) - first + 1;
  const growth = Float64Array.from({ length: count }, (_, i) => Math.exp((first + i) * dy));
  const w = terms.right === 'CALL' ? 1 : -1;
  const isBetween = exerciseRegion(unitPut(terms)) === 'BETWEEN';
  const exercised = isBetween ? 'MIDDLE' : w > 0 ? 'HIGH' : 'LOW';
  const values = new Float64Array(count);
  return { w, exercised, r, q, sigma, dy, first, count, growth, values, tau: 0, dividends: 0 };
}

/** From expiry to today, ex-date by ex-date. */
function solve(grid: PremiumGrid, terms: OptionTerms, fineness: number): void {
  const { strike, yearsToExpiry: T, dividends } = terms;
  const toExpiry = Math.exp(grid.r * T) / strike;
  const steepness = (Math.max(Math.abs(grid.r), Math.abs(grid.r - grid.q)) * Math.sqrt(T)) / grid.sigma;
  const steps = STEPS * fineness * Math.min(MOST_REFINED, Math.max(1, steepness));
  const stretch = (tau: number): void => {
    if (!(tau > grid.tau)) return;
    const share = Math.ceil(steps * Math.sqrt((tau - grid.tau) / T));
    carryBack(grid, tau, Math.max(FEWEST_STEPS * fineness, share));
  };
  for (let i = dividends.length - 1; i >= 0; i--) {
    stretch(T - dividends[i].years);
    passExDate(grid, presentValue(dividends[i]) * toExpiry);
  }
  stretch(T);
}
