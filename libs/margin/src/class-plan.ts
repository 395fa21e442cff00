import type { ClassRules } from '@app/rules';
import { classGrid, gridInForce, pointKey, type ScenarioGrid, scenarioGrid } from './scenario.js';

/** What a class group's positions are summed up at: the same for all of them, so that they can be added. */
export interface ClassPlan {
  /** The rule book's numbers and points. */
  readonly book: ClassRules;
  readonly bookGrid: ScenarioGrid;
  /** The numbers in force, house rules included; the very object of `book` where none changes a number. */
  readonly numbers: ClassRules;
  /** Points of the house beyond the rule book's; null where it has none. */
  readonly houseGrid: ScenarioGrid | null;
  /** The points in force, the rule book's among them, lowest price move first. */
  readonly grid: ScenarioGrid;
  /** Of each point in force its place among the sums: the rule book's points come first, then the house's. */
  readonly places: readonly number[];
  /** Points summed at: the rule book's and the house's. */
  readonly points: number;
}

/** One plan for one set of numbers. They go with the numbers: a caller may send any range once. */
const plans = new WeakMap<ClassRules, ClassPlan>();

export function classPlan(numbers: ClassRules, book: ClassRules): ClassPlan {
  const known = plans.get(numbers);
  if (known !== undefined && known.book === book) return known;
  const plan = planned(numbers, book);
  plans.set(numbers, plan);
  return plan;
}

function planned(numbers: ClassRules, book: ClassRules): ClassPlan {
  const bookGrid = classGrid(book);
  const grid = gridInForce(numbers, book);
  const placeOf = new Map(bookGrid.points.map((point, place) => [pointKey(point), place]));
  const beyond = grid.points.filter((point) => !placeOf.has(pointKey(point)));
  beyond.forEach((point, place) => placeOf.set(pointKey(point), bookGrid.points.length + place));
  return {
    book,
    bookGrid,
    numbers,
    houseGrid: beyond.length === 0 ? null : scenarioGrid(beyond),
    grid,
    places: grid.points.map((point) => placeOf.get(pointKey(point))!),
    points: placeOf.size,
  };
}
