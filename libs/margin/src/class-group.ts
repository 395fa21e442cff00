import type { ProductClass } from '@app/market';
import { type Cents, requirementCents } from '@app/portfolio';
import { type AddOn, houseFloors, houseMultiples, raised } from './add-ons.js';
import type { ClassPlan, PlacedGrid } from './class-plan.js';
import { classSum, type ClassSums, profitAt } from './class-sums.js';
import type { ScenarioGrid } from './scenario.js';
import { doubles } from './zeros.js';

/** The margin of one class group by itself under one set of numbers, in dollars. */
export interface ClassGroupMargin {
  readonly productClass: ProductClass;
  readonly grid: ScenarioGrid;
  /** Profit or loss of the whole class group at each point: gains and losses net in full (+ is a gain). */
  readonly scenarios: readonly number[];
  /** The point of the least profit, the lowest of those alike to the cent. */
  readonly worst: number;
  /** The loss there, ≥ 0. */
  readonly scanLoss: number;
  readonly minimumCharge: number;
  /** What house rules ask beyond the greater of the two. */
  readonly addOns: readonly AddOn[];
  /** Standing alone: the greater of scan loss and minimum charge, rounded up, and the add-ons. */
  readonly requirement: Cents;
  /** What its groups take over from it. */
  readonly carried: Carried;
}

/** What a class group brings into the groups above it, beside its profits. */
export interface Carried {
  /** Loss at the worst point that can be paired with other class groups', dollars. */
  readonly scanLoss: number;
  /** The least it requires in any company, dollars: its minimum charge or a greater floor of the house. */
  readonly floor: number;
  /** What no company lowers. */
  readonly surcharge: Cents;
}

/** By the rule book alone; undefined where the requirement is too large to be exact. */
export function regulatoryMargin(
  productClass: ProductClass,
  plan: ClassPlan,
  sums: ClassSums,
): ClassGroupMargin | undefined {
  const grid = plan.bookGrid;
  const scenarios = doubles(grid.points, (_, k) => profitAt(sums, k));
  const minimumCharge = classSum(sums, plan, 'bookMinimum');
  const { worst, scanLoss } = scanned(scenarios);
  const requirement = requirementCents(Math.max(scanLoss, minimumCharge));
  if (requirement === undefined) return undefined;
  const carried = { scanLoss, floor: minimumCharge, surcharge: 0 };
  return { productClass, grid, scenarios, worst, scanLoss, minimumCharge, addOns: NO_ADD_ONS, requirement, carried };
}

const NO_ADD_ONS: readonly AddOn[] = [];

/** By the numbers in force: `regulatory` itself where no house rule changes them. */
export function marginInForce(
  plan: ClassPlan,
  sums: ClassSums,
  regulatory: ClassGroupMargin,
  equity: Cents,
): ClassGroupMargin | undefined {
  if (plan.numbers === plan.book && !plan.isSeparate) return regulatory;
  const { grid, places } = plan.inForce[expectedSides(plan, sums, equity)];
  const scenarios = profits(places, sums);
  const scan = scanned(scenarios);
  const minimumCharge = classSum(sums, plan, 'houseMinimum');
  const start = requirementCents(Math.max(scan.scanLoss, minimumCharge));
  const floors = houseFloors(plan, sums, equity);
  const whole = start === undefined ? undefined : raised(start, floors, houseMultiples(plan, sums));
  if (whole === undefined) return undefined;

  const paired =
    places === plan.inForce[0].places ? scan.scanLoss : scanned(profits(plan.inForce[0].places, sums)).scanLoss;
  const floor = Math.max(minimumCharge, ...floors.map(({ dollars }) => dollars));
  const surcharge = whole.requirement - (requirementCents(Math.max(paired, floor)) ?? 0);
  const carried = { scanLoss: paired, floor, surcharge };
  const { productClass } = regulatory;
  return { productClass, grid, scenarios, ...scan, minimumCharge, ...whole, carried };
}

function profits(places: PlacedGrid['places'], sums: ClassSums): number[] {
  return doubles(places, (place) => profitAt(sums, place));
}

/**
 * Scan loss against minimum charge: the greater, not the sum (FINRA 4210(g)(7); both long straddles of Cboe's 2007
 * table owe exactly their minimum).
 */
function scanned(scenarios: readonly number[]): Pick<ClassGroupMargin, 'worst' | 'scanLoss'> {
  let least = scenarios[0];
  for (let k = 1; k < scenarios.length; k++) if (scenarios[k] < least) least = scenarios[k];
  // Alike to the cent, the lowest point is named: the last digits of two equal losses say nothing.
  let worst = 0;
  while (scenarios[worst] - least >= 0.005) worst++;
  return { worst, scanLoss: Math.max(0, -least) };
}

/**
 * Where the point of no return, the move at which this class group alone takes equity to zero, lies within the expected
 * move, the range on that side is the expected one (Schwab). 1: down, 2: up, 3: both.
 */
function expectedSides({ expected }: ClassPlan, sums: ClassSums, equity: Cents): number {
  if (expected === null) return 0;
  const isLost = (place: number): boolean => profitAt(sums, place) * 100 <= -equity;
  return Number(expected.down.some(isLost)) + 2 * Number(expected.up.some(isLost));
}

/** Whether the requirement depends on the account's equity, and so on what is traded elsewhere. */
export function isEquityBound({ numbers }: ClassPlan): boolean {
  return numbers.expectedMove !== null || numbers.equityShares.length > 0;
}
