import { presentValue } from './escrowed-spot.js';
import type { OptionTerms } from './option-terms.js';

/** Value per share of exercising now; `spot` includes the dividends still to come. */
export function intrinsicValue(terms: OptionTerms, spot: number): number {
  return Math.max(0, terms.right === 'CALL' ? spot - terms.strike : terms.strike - spot);
}

/**
 * Best value today of naming the exercise date now: the limit of the option's value as volatility goes to 0 and, since
 * the date could be named at any volatility, a lower bound always. A European option can name only its expiry.
 *
 * Exercised at t the option is worth w (X e^{-qt} + D(t) - K e^{-rt}), w = +1 call, -1 put, X the escrowed spot, D(t)
 * the present value of dividends going ex after t. Between ex-dates it has one stationary point, q X e^{-qt} =
 * r K e^{-rt}; at an ex-date a call is exercised just before the drop, a put just after.
 */
export function certainValue(terms: OptionTerms, spot: number, netSpot: number): number {
  const { strike: K, yearsToExpiry: T, rateContinuous: r, dividendYield: q, dividends } = terms;
  const w = terms.right === 'CALL' ? 1 : -1;
  let best = Math.max(0, w * (netSpot * Math.exp(-q * T) - K * Math.exp(-r * T)));
  if (terms.exercise === 'EUROPEAN') return best;

  best = Math.max(best, w * (spot - K));
  const stationary = stationaryYears(K, r, q, netSpot);
  const hasStationary = stationary > 0 && stationary < T;
  // A spot below the present value of its dividends cannot pay them all: together they are worth the spot.
  const escrow = spot - netSpot;
  let dividendsAfter = 0;
  let dividendsAfterStationary = 0;
  for (let i = dividends.length - 1; i >= 0; i--) {
    const t = dividends[i].years;
    const beforeDrop = Math.min(escrow, dividendsAfter + presentValue(dividends[i]));
    const legs = netSpot * Math.exp(-q * t) - K * Math.exp(-r * t);
    best = Math.max(best, w * (legs + (w > 0 ? beforeDrop : dividendsAfter)));
    dividendsAfter = beforeDrop;
    if (t > stationary) dividendsAfterStationary = beforeDrop;
  }
  if (!hasStationary) return best;
  const legs = netSpot * Math.exp(-q * stationary) - K * Math.exp(-r * stationary);
  return Math.max(best, w * (legs + dividendsAfterStationary));
}

function stationaryYears(K: number, r: number, q: number, netSpot: number): number {
  const ratio = (q * netSpot) / (r * K);
  return ratio > 0 && q !== r ? Math.log(ratio) / (q - r) : NaN;
}
