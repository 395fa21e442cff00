import { classGrid, type ScenarioGrid, scenarioGrid } from '@app/margin';
import type { CalendarDate, ProductClass } from '@app/market';
import { rulesInForce } from '../what-if/rules-in-force.js';
import type { RiskArraysRequestDto } from './risk-arrays.dto.js';

/** The points a call asks for, for an instrument of a product class. */
export interface AskedGrid {
  /** True where they are the rule book's own, whose risk arrays every call shares. */
  readonly isRegulatory: boolean;
  of(productClass: ProductClass): ScenarioGrid;
}

/** @throws Problem 422 where the regulatory points are asked for and no rules were in force on `date`. */
export function askedGrid({ priceMoves, volMoves }: RiskArraysRequestDto, date: CalendarDate): AskedGrid {
  if (priceMoves !== undefined) {
    const grid = crossed(priceMoves, volMoves ?? [0]);
    return { isRegulatory: false, of: () => grid };
  }
  const rules = rulesInForce(date, []);
  const regulatory = (productClass: ProductClass) => classGrid(rules.regulatory(productClass));
  if (volMoves === undefined) return { isRegulatory: true, of: regulatory };
  const moves = (productClass: ProductClass) => regulatory(productClass).points.map(({ priceMove }) => priceMove);
  return { isRegulatory: false, of: (productClass) => crossed(moves(productClass), volMoves) };
}

function crossed(priceMoves: readonly number[], volMoves: readonly number[]): ScenarioGrid {
  return scenarioGrid(volMoves.flatMap((volMove) => priceMoves.map((priceMove) => ({ priceMove, volMove }))));
}
