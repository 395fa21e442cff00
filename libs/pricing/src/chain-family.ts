import { type BoundaryPanel, boundaryPanel, panelIndex, setPanelPremium } from './boundary-panel.js';
import type { OptionTerms } from './option-terms.js';
import { type PremiumIntegral, setPremium } from './premium-integral.js';
import { ACCURATE_STEEP, schemeFor } from './scheme.js';
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
  /** By range of volatility. */
  readonly panels: Map<number, BoundaryPanel>;
}

export function chainFamily(terms: ExpiryTerms): ChainFamily {
  return { terms, panels: new Map() };
}

/** Makes ready the boundary of `put`, whose rate and yield are the family's, at one volatility. */
export function setFamilyPremium(out: PremiumIntegral, family: ChainFamily, put: UnitPut, sigma: number): void {
  const { r, q } = put;
  const years = family.terms.yearsToExpiry;
  const scheme = schemeFor(r, q, sigma, years);
  // Volatilities so low are rare in a chain: a whole panel of them would not pay.
  if (scheme === ACCURATE_STEEP) {
    setPremium(out, scheme, r, q, sigma, years);
    return;
  }
  const index = panelIndex(sigma);
  let panel = family.panels.get(index);
  if (panel === undefined) family.panels.set(index, (panel = boundaryPanel(index, r, q, years)));
  setPanelPremium(out, panel, r, q, sigma, years);
}
