import type { FieldFaults } from '../what-if/field-faults.js';
import type { RiskArraysRequestDto } from './risk-arrays.dto.js';

/** Valuation points of the rule book, where a call sends none. */
const REGULATORY_POINTS = 10;

/** A volatility's own work (the exercise boundary of an American option), in values. */
const VALUES_A_VOLATILITY = 10;

/** A fraction of a second of computing; where every option has cash dividends to come, a few, with pauses for others. */
const WORK_MOST = 40_000;

/** What one call may ask for; too much, and moves that have no meaning, go to `faults`. */
export function judgeWork({ symbols, priceMoves, volMoves = [0] }: RiskArraysRequestDto, faults: FieldFaults): void {
  volMoves.forEach((volMove, index) => {
    // The bounds of a number are inclusive: here one end is not.
    if (volMove <= -1) faults.add(`/volMoves/${index}`, 'field.number', 'Must be greater than -1.');
  });
  const spots = priceMoves?.length ?? REGULATORY_POINTS;
  if (symbols.length * volMoves.length * (spots + VALUES_A_VOLATILITY) <= WORK_MOST) return;
  const product = `symbols × volMoves × (priceMoves + ${VALUES_A_VOLATILITY})`;
  faults.add('', 'risk_arrays.too_many', `${product} may be at most ${WORK_MOST} in one call: ask in several.`);
}
