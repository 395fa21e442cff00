import { type Arc, arc, chebyshevRoots, interpolationRow } from './collocation.js';

/** How finely, and by which of its equations, an exercise boundary is solved; with all numbers that follow from it. */
export interface Scheme {
  /** Smooth pasting (FP-A) converges fastest; value matching (FP-B) also where volatility is low against the drift. */
  readonly equation: 'FP-A' | 'FP-B';
  /** Degree n of the boundary: n times to expiry beside 0. */
  readonly degree: number;
  readonly sweeps: number;
  /** sqrt(tau_i / T), i = 0..n. */
  readonly roots: Float64Array;
  /** (y_i / y_{i-1})^0.75, by which the boundary's logarithm grows about from node to node. */
  readonly growth: Float64Array;
  /** Quadrature of the equations, and H at its points: row i l + k, n columns. */
  readonly inner: Arc;
  readonly innerRows: Float64Array;
  /** Quadrature of the premium, and H at its points: row k, n columns. */
  readonly outer: Arc;
  readonly outerRows: Float64Array;
}

function scheme(equation: Scheme['equation'], n: number, l: number, sweeps: number, p: number): Scheme {
  const roots = chebyshevRoots(n);
  const inner = arc(l);
  const outer = arc(p);
  const innerRows = new Float64Array((n + 1) * l * n);
  for (let i = 1; i <= n; i++) {
    for (let k = 0; k < l; k++) interpolationRow(roots[i] * inner.sin[k], roots, 1, innerRows, (i * l + k) * n);
  }
  const outerRows = new Float64Array(p * n);
  for (let k = 0; k < p; k++) interpolationRow(outer.sin[k], roots, 1, outerRows, k * n);
  const growth = roots.map((root, i) => {
    const half = i < 2 ? 1 : Math.sqrt(root / roots[i - 1]);
    return half * Math.sqrt(half);
  });
  return { equation, degree: n, sweeps, roots, growth, inner, innerRows, outer, outerRows };
}

/** Largest degree of any scheme: room for the workspaces. */
export const LARGEST_DEGREE = 24;
export const LARGEST_INNER = 40;
export const LARGEST_OUTER = 80;

const CALM = scheme('FP-A', 6, 8, 3, 18);
const MODERATE = scheme('FP-A', 7, 9, 3, 20);
const USUAL = scheme('FP-A', 8, 10, 3, 28);
const WIDE = scheme('FP-A', 10, 12, 4, 32);
/** A deep call's error is counted in strikes, and spot may be twenty of them. */
const WIDEST = scheme('FP-A', 12, 16, 5, 40);
const STEEP = scheme('FP-B', 10, 12, 6, 32);
/** For what is listed nowhere (volatilities of 300 %, ten years, drifts of many deviations), and where it is measured. */
const EXTREME = scheme('FP-A', 16, 24, 10, 48);
const EXTREME_STEEP = scheme('FP-B', 16, 24, 12, 48);
/** Within 1e-9 of the strike nearly everywhere, at some fifty times the cost: what the others are measured against. */
const REFERENCE = scheme('FP-A', 24, 40, 14, 80);
const REFERENCE_STEEP = scheme('FP-B', 24, 40, 20, 80);

/** Drift over a deviation of the rate: beyond it FP-A diverges, or converges to a zig-zag that solves nothing. */
const STEEP_DRIFT = 0.6;
/** Where the boundary bends within a small part of the time to expiry and needs many nodes to follow. */
const STEEPEST_DRIFT = 4;
const CLIFF_DRIFT = 20;
const CALM_DRIFT = 0.4;
/** Deviations to expiry, volatility × sqrt(years), up to which each scheme serves. */
const CALM_DEVIATION = 0.25;
const MODERATE_DEVIATION = 0.5;
const USUAL_DEVIATION = 0.8;
const WIDE_DEVIATION = 1.5;
const WIDEST_DEVIATION = 2.6;

/**
 * The cheapest scheme whose price is within 1e-6 of the strike, for a unit-strike put at rate r, yield q. Measured over
 * 7,000 options and their shocked points; tested against reference values.
 */
export function schemeFor(r: number, q: number, volatility: number, years: number): Scheme {
  return schemeForRange(r, q, volatility, volatility, years);
}

/** The cheapest scheme for every volatility from `lowest` to `highest`. */
export function schemeForRange(r: number, q: number, lowest: number, highest: number, years: number): Scheme {
  const deviation = highest * Math.sqrt(years);
  const drift = driftPerDeviation(r, q, lowest, years);
  if (drift >= CLIFF_DRIFT) return REFERENCE_STEEP;
  if (drift >= STEEP_DRIFT) return drift < STEEPEST_DRIFT && deviation < WIDE_DEVIATION ? STEEP : EXTREME_STEEP;
  if (deviation >= USUAL_DEVIATION) {
    if (deviation >= WIDEST_DEVIATION) return EXTREME;
    return deviation < WIDE_DEVIATION ? WIDE : WIDEST;
  }
  if (drift >= CALM_DRIFT || deviation >= MODERATE_DEVIATION) return USUAL;
  return deviation < CALM_DEVIATION ? CALM : MODERATE;
}

/** Schemes of a cost and a rarity that sharing does not pay for. */
export function isRare(scheme: Scheme): boolean {
  return scheme === EXTREME || scheme === EXTREME_STEEP || scheme === REFERENCE_STEEP;
}

/** The scheme of reference values. */
export function referenceSchemeFor(r: number, q: number, volatility: number, years: number): Scheme {
  return driftPerDeviation(r, q, volatility, years) >= STEEP_DRIFT ? REFERENCE_STEEP : REFERENCE;
}

function driftPerDeviation(r: number, q: number, volatility: number, years: number): number {
  return (Math.max(Math.abs(r), Math.abs(r - q)) * Math.sqrt(years)) / volatility;
}
