import { type PremiumIntegral, setPremium } from './premium-integral.js';
import { referenceSchemeFor, type Scheme, schemeFor } from './scheme.js';
import type { UnitPut } from './unit-put.js';

/** Makes the exercise boundary of a put ready to value spots, at one volatility. */
export type BoundarySource = (out: PremiumIntegral, put: UnitPut, sigma: number, years: number) => void;

/** Each boundary on its own, as finely as its case needs. */
export function ownBoundary(out: PremiumIntegral, put: UnitPut, sigma: number, years: number): void {
  setPremium(out, schemeFor(put.r, put.q, sigma, years), put.r, put.q, sigma, years);
}

/** Each boundary on its own, within 1e-9 of the strike nearly everywhere, at some fifty times the cost. */
export function referenceBoundary(out: PremiumIntegral, put: UnitPut, sigma: number, years: number): void {
  setPremium(out, referenceSchemeFor(put.r, put.q, sigma, years), put.r, put.q, sigma, years);
}

/** All boundaries by one scheme, so that differences between neighbours hold no step from one scheme to another. */
export function boundaryBy(scheme: Scheme): BoundarySource {
  return (out, put, sigma, years) => setPremium(out, scheme, put.r, put.q, sigma, years);
}
