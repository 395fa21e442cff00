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

// Every call asks for them. They go with the numbers they belong to.
const rangeGrids = new WeakMap<ClassRules, ScenarioGrid>();

/** Each point once, lowest price move first, of one price move the lowest volatility first. */
export function sortedGrid(points: readonly ValuationPoint[]): ScenarioGrid {
  const distinct = [...new Map(points.map((point) => [pointKey(point), point])).values()];
  return scenarioGrid(distinct.sort((a, b) => a.priceMove - b.priceMove || a.volMove - b.volMove));
}

/**
 * Price moves of a house's range: multiples of `step` up to 50 % either way, of 5 % up to 100 %, of 25 % beyond, and
 * the ends themselves. A wider range or a finer step holds every point of a narrower or coarser one whose ends are
 * multiples too, so that what is stricter can never step over a loss.
 */
export function rangeMoves({ down, up }: Range, step: number): readonly number[] {
  return [...sideMoves(-down, step).map((move) => -move), ...sideMoves(up, step)];
}

export interface Range {
  /** ≤ 0. */
  readonly down: number;
  /** ≥ 0. */
  readonly up: number;
}

const STEPS_BEYOND = [
  { from: 0.5, to: 1, step: 0.05 },
  { from: 1, to: Infinity, step: 0.25 },
] as const;

function sideMoves(end: number, step: number): readonly number[] {
  const moves: number[] = [];
  for (const part of [{ from: 0, to: 0.5, step }, ...STEPS_BEYOND]) {
    for (let i = 1; ; i++) {
      const move = Number((part.from + i * part.step).toFixed(12));
      if (move > part.to || move >= end) break;
      moves.push(move);
    }
  }
  return end > 0 ? [...moves, end] : moves;
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
