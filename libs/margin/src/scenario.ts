import type { ClassRules } from '@app/rules';

/** One state of the market to revalue in: the current one moved at once, no time passing. */
export interface ValuationPoint {
  /** Fraction of the underlying's price: −0.15 is 15 % down. Of the index, where a fund is a multiple of one. */
  readonly priceMove: number;
  /** Fraction of the volatility: 0.25 turns 20 % into 25 %. The regulatory points have 0. */
  readonly volMove: number;
}

/** An ordered set of valuation points. Risk arrays of one grid can be added point by point. */
export interface ScenarioGrid {
  /** Equal keys have equal points. */
  readonly key: string;
  readonly points: readonly ValuationPoint[];
}

export function scenarioGrid(points: readonly ValuationPoint[]): ScenarioGrid {
  return { key: points.map(pointKey).join(' '), points };
}

/** Equal points have equal keys. */
export function pointKey({ priceMove, volMove }: ValuationPoint): string {
  return `${priceMove}/${volMove}`;
}

/**
 * A class group's valuation points: equal steps on each side of the current price, from the lowest to the highest,
 * the current price itself not among them (FINRA 4210(g)(2): ten equidistant points).
 */
export function classGrid(numbers: ClassRules): ScenarioGrid {
  const known = rangeGrids.get(numbers) ?? scenarioGrid(rangePoints(numbers));
  rangeGrids.set(numbers, known);
  return known;
}

/**
 * The points a class group is margined at under `numbers`: those of its range and, where a house rule has moved an end,
 * the rule book's own as well. A wider range in as many steps has other points inside, and would step over a loss at
 * one of the rule book's: a short butterfly would owe less under the stricter rule.
 */
export function gridInForce(numbers: ClassRules, book: ClassRules): ScenarioGrid {
  const least = classGrid(book);
  if (numbers === book) return least;
  const range = classGrid(numbers);
  if (range.key === least.key) return least;
  const known = houseGrids.get(numbers) ?? union(range, least);
  houseGrids.set(numbers, known);
  return known;
}

// Every call asks for them. They go with the numbers they belong to: a caller may send any range once.
const rangeGrids = new WeakMap<ClassRules, ScenarioGrid>();
const houseGrids = new WeakMap<ClassRules, ScenarioGrid>();

/** Each price move once, lowest first. */
function union(a: ScenarioGrid, b: ScenarioGrid): ScenarioGrid {
  const moves = new Set([...a.points, ...b.points].map(({ priceMove }) => priceMove));
  return scenarioGrid([...moves].sort((x, y) => x - y).map((priceMove) => ({ priceMove, volMove: 0 })));
}

function rangePoints({ down, up, pointsPerSide }: ClassRules): ValuationPoint[] {
  const steps = Array.from({ length: pointsPerSide }, (_, index) => index + 1);
  const moves = [
    ...steps.map((step) => (down * step) / pointsPerSide).reverse(),
    ...steps.map((step) => (up * step) / pointsPerSide),
  ];
  // Twelve decimals take −0.15 × 4 / 5 back to −0.12.
  return moves.map((move) => ({ priceMove: Number(move.toFixed(12)), volMove: 0 }));
}
