import { chebyshevRoots } from './collocation.js';
import { exerciseBoundary } from './exercise-boundary.js';
import { depthAt, type PremiumIntegral, setPremiumOf } from './premium-integral.js';
import { isRare, LARGEST_DEGREE, LARGEST_OUTER, type Scheme, schemeForRange } from './scheme.js';

/*
 * Across volatilities the boundary varies smoothly: its depth ln(B(0) / B) over the volatility is interpolated between a
 * few solved ones, by a polynomial in ln volatility through Chebyshev points. Panels cover fixed ranges, so that a
 * value does not depend on what else a chain holds; within a panel one scheme serves all.
 */

/** Volatilities of a panel: from EDGE × RATIO^index to RATIO times that. */
const EDGE = 0.05;
const RATIO = 2.5;
const DEGREE = 7;
const POINTS = chebyshevRoots(DEGREE);

export interface BoundaryPanel {
  readonly scheme: Scheme;
  readonly lnLowest: number;
  /** depth / volatility at the premium's nodes, then at T; a row for each, of all solved volatilities. */
  readonly depths: Float64Array;
}

const SIGNS = POINTS.map((_, j) => (j % 2 === 0 ? 1 : -1) * (j === 0 || j === DEGREE ? 0.5 : 1));
const weights = new Float64Array(DEGREE + 1);
const L = new Float64Array(LARGEST_DEGREE + 1);
const depth = new Float64Array(LARGEST_OUTER + 1);

export function panelIndex(sigma: number): number {
  return Math.floor(Math.log(sigma / EDGE) / Math.log(RATIO));
}

/** Null where its scheme costs so much that each of the few volatilities there is better solved on its own. */
export function boundaryPanel(index: number, r: number, q: number, years: number): BoundaryPanel | null {
  const lnLowest = Math.log(EDGE) + index * Math.log(RATIO);
  const scheme = schemeForRange(r, q, Math.exp(lnLowest), Math.exp(lnLowest) * RATIO, years);
  if (isRare(scheme)) return null;
  const p = scheme.outer.count;
  const depths = new Float64Array((DEGREE + 1) * (p + 1));
  POINTS.forEach((point, j) => {
    const sigma = Math.exp(lnLowest + point * Math.log(RATIO));
    exerciseBoundary(scheme, r, q, sigma, years, L);
    for (let k = 0; k <= p; k++) depths[k * (DEGREE + 1) + j] = depthAt(scheme, L, k) / sigma;
  });
  return { scheme, lnLowest, depths };
}

/** Makes the boundary at one volatility of the panel ready. */
export function setPanelPremium(
  out: PremiumIntegral,
  panel: BoundaryPanel,
  r: number,
  q: number,
  sigma: number,
  years: number,
): void {
  const { scheme, depths } = panel;
  const width = scheme.outer.count + 1;
  setWeights((Math.log(sigma) - panel.lnLowest) / Math.log(RATIO), sigma);
  for (let k = 0; k < width; k++) {
    let sum = 0;
    for (let j = 0, at = k * (DEGREE + 1); j <= DEGREE; j++, at++) sum += weights[j] * depths[at];
    depth[k] = sum;
  }
  setPremiumOf(out, depth, scheme, r, q, sigma, years);
}

/** Barycentric weights (Berrut & Trefethen 2004) of the panel's points at `position` in [0, 1], times `scale`. */
function setWeights(position: number, scale: number): void {
  let sum = 0;
  for (let j = 0; j <= DEGREE; j++) {
    const distance = position - POINTS[j];
    if (distance === 0) {
      weights.fill(0);
      weights[j] = scale;
      return;
    }
    const weight = SIGNS[j] / distance;
    weights[j] = weight;
    sum += weight;
  }
  const factor = scale / sum;
  for (let j = 0; j <= DEGREE; j++) weights[j] *= factor;
}
