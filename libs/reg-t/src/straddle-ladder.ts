import type { OptionRight } from '@app/pricing';
import { combinationSaving, optionAt, type PairingBook } from './assignment.js';
import type { IntegerProgram, ProgramRow } from './integer-program.js';
import { pairableQuantity } from './line.js';
import { nakedOption } from './option-requirement.js';

interface Rung {
  readonly line: number;
  readonly right: OptionRight;
  /** What a contract saves as the lesser side of a straddle, whatever the other side is. */
  readonly saving: number;
}

/**
 * Short calls and puts that may form straddles with each other, ascending by what they require alone, at a tie puts
 * first: of any call and put the one lower on the ladder is the lesser side. What a straddle saves is the lesser side's
 * alone, so that it is enough to know how many contracts of each are the lesser and how many the greater side: a few
 * columns a line instead of one a pair. A lesser call takes from the pool of greater puts higher up, and so does a put
 * from the calls.
 */
export interface StraddleLadder {
  readonly rungs: readonly Rung[];
}

/** One ladder for each underlying and contract size in the book's straddles. */
export function straddleLadders(book: PairingBook): StraddleLadder[] {
  const ladders = new Map<string, Map<number, Rung>>();
  for (const each of book.combinations) {
    if (each.formula !== 'STRADDLE') continue;
    const sides = each.legs.map(({ line }) => ({ line, option: optionAt(book, line) }));
    const [{ option }] = sides;
    const key = `${option.underlying} ${option.multiplier}`;
    const rungs = ladders.get(key) ?? new Map<number, Rung>();
    ladders.set(key, rungs);
    const saving = combinationSaving(book, each);
    const [lesser, greater] = sides.sort((a, b) => order(book, a.line, b.line));
    rungs.set(lesser.line, { line: lesser.line, right: lesser.option.right, saving });
    // Its own saving, should it be the lesser side of another; else it is never asked for.
    if (!rungs.has(greater.line))
      rungs.set(greater.line, { line: greater.line, right: greater.option.right, saving: 0 });
  }
  return [...ladders.values()].map((rungs) => ({
    rungs: [...rungs.values()].sort((a, b) => order(book, a.line, b.line)),
  }));
}

function order(book: PairingBook, a: number, b: number): number {
  const [first, second] = [optionAt(book, a), optionAt(book, b)];
  const putFirst = Number(first.right === 'CALL') - Number(second.right === 'CALL');
  return nakedOption(first) - nakedOption(second) || putFirst || a - b;
}

/** Columns of a ladder: lesser side, greater side, pool of puts and pool of calls, one each a rung. */
export const COLUMNS_PER_RUNG = 4;

export interface LadderColumns {
  readonly lesser: (rung: number) => number;
  readonly greater: (rung: number) => number;
  /** Greater sides of a right at this rung and above that no lesser side has taken. */
  readonly pool: (right: OptionRight, rung: number) => number;
}

export function ladderColumns({ rungs }: StraddleLadder, first: number): LadderColumns {
  const at = (block: number) => (rung: number) => first + block * rungs.length + rung;
  return {
    lesser: at(0),
    greater: at(1),
    pool: (right, rung) => at(right === 'PUT' ? 2 : 3)(rung),
  };
}

/** Costs, bounds and wholeness of a ladder's columns, in their order. */
export function ladderBounds(
  { lines }: PairingBook,
  { rungs }: StraddleLadder,
): Pick<IntegerProgram, 'cost' | 'upper' | 'isWhole'> {
  const held = rungs.map(({ line }) => pairableQuantity(lines[line]));
  const all = held.reduce((sum, each) => sum + each, 0);
  const pools = [...rungs, ...rungs];
  return {
    cost: [...rungs.map(({ saving }) => -saving + 0), ...rungs.map(() => 0), ...pools.map(() => 0)],
    upper: [...held, ...held, ...pools.map(() => all)],
    isWhole: [...rungs.map(() => true), ...rungs.map(() => true), ...pools.map(() => false)],
  };
}

/** pool(rung) = pool(rung above) + greater side here, of the pool's right − lesser side here, of the other right. */
export function ladderRows({ rungs }: StraddleLadder, { lesser, greater, pool }: LadderColumns): ProgramRow[] {
  return (['PUT', 'CALL'] as const).flatMap((right) =>
    rungs.map((rung, k): ProgramRow => {
      const above = k + 1 < rungs.length ? [{ column: pool(right, k + 1), value: -1 }] : [];
      const change = rung.right === right ? { column: greater(k), value: -1 } : { column: lesser(k), value: 1 };
      const entries = [{ column: pool(right, k), value: 1 }, ...above, change];
      return {
        lower: 0,
        upper: 0,
        indices: entries.map(({ column }) => column),
        values: entries.map(({ value }) => value),
      };
    }),
  );
}

/** Contracts of each rung on each side of the straddles. */
export interface LadderSides {
  readonly lesser: readonly number[];
  readonly greater: readonly number[];
}

/** The sides from units of straddles: `unitsOf` says how many there are of two lines. */
export function ladderSides({ rungs }: StraddleLadder, unitsOf: (a: number, b: number) => number): LadderSides {
  const sides = { lesser: rungs.map(() => 0), greater: rungs.map(() => 0) };
  rungs.forEach((low, i) =>
    rungs.slice(i + 1).forEach((high, above) => {
      const units = low.right === high.right ? 0 : unitsOf(low.line, high.line);
      sides.lesser[i] += units;
      sides.greater[i + 1 + above] += units;
    }),
  );
  return sides;
}

/** Units of straddles from the sides: from the top down, each lesser side takes the nearest greater ones above it. */
export function ladderPairs(
  { rungs }: StraddleLadder,
  { lesser, greater }: LadderSides,
): { readonly low: number; readonly high: number; readonly units: number }[] {
  const formed: { low: number; high: number; units: number }[] = [];
  const free = [...greater];
  for (let low = rungs.length - 1; low >= 0; low--) {
    let wanted = lesser[low];
    for (let high = low + 1; high < rungs.length && wanted > 0; high++) {
      const units = rungs[high].right === rungs[low].right ? 0 : Math.min(wanted, free[high]);
      if (units === 0) continue;
      formed.push({ low: rungs[low].line, high: rungs[high].line, units });
      free[high] -= units;
      wanted -= units;
    }
  }
  return formed;
}

/** The columns' values of a ladder's sides, pools included. */
export function ladderValues({ rungs }: StraddleLadder, { lesser, greater }: LadderSides): number[] {
  const pools = (['PUT', 'CALL'] as const).map((right) => {
    let pool = 0;
    return rungs.map((_, up) => {
      const k = rungs.length - 1 - up;
      pool += rungs[k].right === right ? greater[k] : -lesser[k];
      return pool;
    });
  });
  return [...lesser, ...greater, ...pools.flatMap((fromTop) => fromTop.toReversed())];
}
