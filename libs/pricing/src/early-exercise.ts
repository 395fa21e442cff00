import { presentValue } from './escrowed-spot.js';
import type { OptionTerms } from './option-terms.js';

/**
 * False when exercising before expiry can never pay, so that the European formula is exact. Over dt, an exercised
 * option gains w (q S - r K) dt over a kept one (w = +1 call, -1 put), plus for a call each cash dividend.
 *
 * Put, S < K: never if r ≤ 0 and r ≤ q; dividends only lower S and never hasten it.
 * Call, S > K: without cash dividends never if q ≤ 0 and q ≤ r (a call *is* exercised early at q = 0, r < 0). With
 * them, Merton (1973): never if also r ≥ 0 and, at each ex-date, the dividends still to come are worth no more than
 * the interest on the strike from then to expiry.
 */
export function mayExerciseEarly(terms: OptionTerms): boolean {
  if (terms.exercise === 'EUROPEAN') return false;
  const { rateContinuous: r, dividendYield: q, dividends } = terms;
  if (terms.right === 'PUT') return !(r <= 0 && r <= q);
  if (dividends.length === 0) return !(q <= 0 && q <= r);
  return !(q <= 0 && r >= 0 && interestCoversDividends(terms));
}

function interestCoversDividends(terms: OptionTerms): boolean {
  const { strike: K, yearsToExpiry: T, rateContinuous: r, dividends } = terms;
  const discountedStrike = K * Math.exp(-r * T);
  let dividendsToCome = 0;
  for (let i = dividends.length - 1; i >= 0; i--) {
    dividendsToCome += presentValue(dividends[i]);
    if (dividendsToCome > K * Math.exp(-r * dividends[i].years) - discountedStrike) return false;
  }
  return true;
}
