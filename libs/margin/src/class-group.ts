import type { ProductClass } from '@app/market';
import { type Cents, type Position, requirementCents } from '@app/portfolio';
import type { ClassRules } from '@app/rules';
import type { RiskArray } from './risk-array.js';
import type { ScenarioGrid } from './scenario.js';

/** A position and what a unit of it does on the class group's grid. */
export interface Line {
  readonly position: Position;
  readonly array: RiskArray;
}

/** The margin of one class group under one set of numbers, in dollars. */
export interface ClassGroupMargin {
  readonly productClass: ProductClass;
  readonly grid: ScenarioGrid;
  /** Profit or loss of the whole class group at each point: gains and losses net in full (+ is a gain). */
  readonly scenarios: Float64Array;
  /** The point of the least profit, the lowest of those alike to the cent; null where nothing is held. */
  readonly worst: number | null;
  /** The loss there, ≥ 0. */
  readonly scanLoss: number;
  readonly minimumCharge: number;
  /** The greater of scan loss and minimum charge, rounded up; undefined where it is too large to be exact. */
  readonly requirement: Cents | undefined;
}

/**
 * Scan loss against minimum charge: the greater, not the sum (FINRA 4210(g)(7); both long straddles of Cboe's 2007
 * table owe exactly their minimum).
 */
export function classGroupMargin(
  productClass: ProductClass,
  lines: readonly Line[],
  rules: ClassRules,
  grid: ScenarioGrid,
): ClassGroupMargin {
  const scenarios = new Float64Array(grid.points.length);
  for (const { position, array } of lines) {
    const units = position.quantity.times(array.mark.multiplier).toNumber();
    for (let k = 0; k < scenarios.length; k++) scenarios[k] += units * array.pnl[k];
  }
  const least = Math.min(...scenarios);
  // Alike to the cent, the lowest point is named: the last digits of two equal losses say nothing.
  const worst = lines.length === 0 ? null : scenarios.findIndex((pnl) => pnl - least < 0.005);
  const scanLoss = Math.max(0, -least);
  const minimumCharge = lines.reduce((sum, line) => sum + lineMinimumCharge(line, rules), 0);
  const requirement = scenarios.every((pnl) => Math.abs(pnl) < Number.MAX_SAFE_INTEGER / 100)
    ? requirementCents(Math.max(scanLoss, minimumCharge))
    : undefined;
  return { productClass, grid, scenarios, worst, scanLoss, minimumCharge, requirement };
}

/** Shares carry no minimum; every option and future does, long or short (FINRA 4210(g)(7)). */
function lineMinimumCharge({ position, array }: Line, rules: ClassRules): number {
  if (array.instrument.kind === 'UNDERLYING') return 0;
  const units = position.quantity.abs().times(array.mark.multiplier).toNumber();
  const capped = rules.minimumChargeCappedForLongs && array.instrument.kind === 'OPTION' && position.quantity.gt(0);
  return units * (capped ? Math.min(rules.minimumCharge, array.mark.price.toNumber()) : rules.minimumCharge);
}
