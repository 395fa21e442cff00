import type { ProductClass } from '@app/market';
import { type Cents, requirementCents } from '@app/portfolio';
import type { ClassPlan } from './class-plan.js';
import { classSum, type ClassSums, profitAt } from './class-sums.js';
import type { ScenarioGrid } from './scenario.js';

/** The margin of one class group under one set of numbers, in dollars. */
export interface ClassGroupMargin {
  readonly productClass: ProductClass;
  readonly grid: ScenarioGrid;
  /** Profit or loss of the whole class group at each point: gains and losses net in full (+ is a gain). */
  readonly scenarios: Float64Array;
  /** The point of the least profit, the lowest of those alike to the cent. */
  readonly worst: number;
  /** The loss there, ≥ 0. */
  readonly scanLoss: number;
  readonly minimumCharge: number;
  /** The greater of scan loss and minimum charge, rounded up. */
  readonly requirement: Cents;
}

/** By the rule book alone; undefined where the requirement is too large to be exact. */
export function regulatoryMargin(
  productClass: ProductClass,
  plan: ClassPlan,
  sums: ClassSums,
): ClassGroupMargin | undefined {
  const scenarios = new Float64Array(plan.bookGrid.points.length);
  for (let k = 0; k < scenarios.length; k++) scenarios[k] = profitAt(sums, k);
  return classGroupMargin(productClass, plan.bookGrid, scenarios, classSum(sums, plan, 'bookMinimum'));
}

/** By the numbers in force: `regulatory` itself where no house rule changes them. */
export function marginInForce(
  productClass: ProductClass,
  plan: ClassPlan,
  sums: ClassSums,
  regulatory: ClassGroupMargin,
): ClassGroupMargin | undefined {
  if (plan.numbers === plan.book) return regulatory;
  const scenarios = new Float64Array(plan.places.length);
  for (let k = 0; k < scenarios.length; k++) scenarios[k] = profitAt(sums, plan.places[k]);
  return classGroupMargin(productClass, plan.grid, scenarios, classSum(sums, plan, 'houseMinimum'));
}

/**
 * Scan loss against minimum charge: the greater, not the sum (FINRA 4210(g)(7); both long straddles of Cboe's 2007
 * table owe exactly their minimum).
 */
function classGroupMargin(
  productClass: ProductClass,
  grid: ScenarioGrid,
  scenarios: Float64Array,
  minimumCharge: number,
): ClassGroupMargin | undefined {
  const least = Math.min(...scenarios);
  // Alike to the cent, the lowest point is named: the last digits of two equal losses say nothing.
  const worst = scenarios.findIndex((pnl) => pnl - least < 0.005);
  const scanLoss = Math.max(0, -least);
  const requirement = requirementCents(Math.max(scanLoss, minimumCharge));
  return requirement === undefined
    ? undefined
    : { productClass, grid, scenarios, worst, scanLoss, minimumCharge, requirement };
}
