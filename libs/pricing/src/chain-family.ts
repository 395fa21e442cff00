import { type BoundaryPanel, boundaryPanel, panelIndex, setPanelPremium } from './boundary-panel.js';
import { type BoundarySource, ownBoundary } from './boundary-source.js';
import { fillArray } from './option-array.js';
import type { OptionTerms } from './option-terms.js';
import type { PremiumIntegral } from './premium-integral.js';
import type { UnitPut } from './unit-put.js';

/** What the options of one expiry and right have in common: everything but the strike. */
export type ExpiryTerms = Omit<OptionTerms, 'strike'>;

/**
 * Exercise boundaries of all volatilities of one expiry and right, solved as they are first asked for. A value from a
 * family is within 1e-6 of the larger of spot and strike of the one from `optionArray`, and does not depend on which
 * other options were valued before.
 */
export interface ChainFamily {
  readonly terms: ExpiryTerms;
  readonly boundary: BoundarySource;
}

const oneSpot = new Float64Array(1);
const oneVolatility = new Float64Array(1);
const oneValue = new Float64Array(1);

/** Worth its while from about ten strikes on. */
export function chainFamily(terms: ExpiryTerms): ChainFamily {
  /** By range of volatility. */
  const panels = new Map<number, BoundaryPanel | null>();
  return { terms, boundary: (out, put, sigma, years) => setFamilyPremium(panels, out, put, sigma, years) };
}

/**
 * `optionArray` of one strike of the family's expiry.
 *
 * @throws RangeError naming the argument that is negative, not finite or out of order
 */
export function chainArray(
  family: ChainFamily,
  strike: number,
  spots: Float64Array,
  volatilities: Float64Array,
  out: Float64Array,
): void {
  fillArray({ ...family.terms, strike }, family.boundary, spots, volatilities, out);
}

/** `optionValue` of one strike of the family's expiry. */
export function chainValue(family: ChainFamily, strike: number, spot: number, volatilityAnnual: number): number {
  oneSpot[0] = spot;
  oneVolatility[0] = volatilityAnnual;
  chainArray(family, strike, oneSpot, oneVolatility, oneValue);
  return oneValue[0];
}

function setFamilyPremium(
  panels: Map<number, BoundaryPanel | null>,
  out: PremiumIntegral,
  put: UnitPut,
  sigma: number,
  years: number,
): void {
  const { r, q } = put;
  const index = panelIndex(sigma);
  let panel = panels.get(index);
  if (panel === undefined) panels.set(index, (panel = boundaryPanel(index, r, q, years)));
  if (panel === null) ownBoundary(out, put, sigma, years);
  else setPanelPremium(out, panel, r, q, sigma, years);
}
