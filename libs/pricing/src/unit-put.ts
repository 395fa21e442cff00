import type { OptionTerms } from './option-terms.js';

/**
 * An option seen as puts of strike 1: a put's spot in units of its strike; a call is K / S-spot puts at exchanged rate
 * and yield, by the symmetry C(S, K, r, q) = S w(K / S; q, r) of McDonald & Schroder (1998).
 */
export interface UnitPut {
  /** Rate and yield of the put. */
  readonly r: number;
  readonly q: number;
  /** What the put at a spot x = ± ln(S / K) counts for: the strike, or the spot itself. */
  readonly isCall: boolean;
  readonly strike: number;
}

/**
 * Where an American put is exercised: nowhere (it is worth its European twin), at or below one boundary, or between
 * two (rates below 0 and a yield further below: far down it pays to wait for the strike to grow).
 */
export type ExerciseRegion = 'NEVER' | 'BELOW' | 'BETWEEN';

export function unitPut({ right, strike, rateContinuous, dividendYield }: OptionTerms): UnitPut {
  return right === 'CALL'
    ? { r: dividendYield, q: rateContinuous, isCall: true, strike }
    : { r: rateContinuous, q: dividendYield, isCall: false, strike };
}

export function exerciseRegion({ r, q }: Pick<UnitPut, 'r' | 'q'>): ExerciseRegion {
  if (r <= 0 && r <= q) return 'NEVER';
  return r < 0 ? 'BETWEEN' : 'BELOW';
}
