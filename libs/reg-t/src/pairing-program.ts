import { type Assignment, combinationSaving, type PairingBook, unitCost } from './assignment.js';
import type { IntegerProgram, ProgramRow } from './integer-program.js';
import { pairableQuantity, unpaired } from './line.js';
import { groupLoss } from './spread-group.js';
import { spreadRows } from './spread-rows.js';
import {
  COLUMNS_PER_RUNG,
  ladderBounds,
  ladderColumns,
  ladderPairs,
  ladderRows,
  ladderSides,
  ladderValues,
  type StraddleLadder,
  straddleLadders,
} from './straddle-ladder.js';

/** Where the columns of a book's program are. */
interface Layout {
  /** Combinations with a column of their own: all but straddles, which have ladders. */
  readonly hedges: readonly number[];
  readonly ladders: readonly { readonly ladder: StraddleLadder; readonly first: number }[];
  /** First column of each group's members. */
  readonly members: readonly number[];
  /** Each group's loss. */
  readonly losses: readonly number[];
}

function layoutOf(book: PairingBook): Layout {
  const hedges = book.combinations.flatMap(({ formula }, c) => (formula === 'STRADDLE' ? [] : [c]));
  let next = hedges.length;
  const taken = (columns: number): number => {
    next += columns;
    return next - columns;
  };
  return {
    hedges,
    ladders: straddleLadders(book).map((ladder) => ({ ladder, first: taken(COLUMNS_PER_RUNG * ladder.rungs.length) })),
    members: book.groups.map(({ members }) => taken(members.length)),
    losses: book.groups.map(() => taken(1)),
  };
}

/**
 * The pairing of a book as an integer program. Columns: units of each stock hedge and box, sides of the straddles,
 * contracts of each member of each spread group, and the loss of each group. Rows: no line is used beyond what is held;
 * straddles have two sides; a group is equally long and short in calls and in puts; its loss is at least its net
 * intrinsic loss at every strike and at zero. The objective is the cost of everything unpaired less what pairing saves.
 */
export function pairingProgram(book: PairingBook): IntegerProgram {
  const { lines, combinations, groups, kind } = book;
  const layout = layoutOf(book);
  const alone = lines.map((line) => unitCost(unpaired(line), kind));
  const held = lines.map(pairableQuantity);
  const hedges = layout.hedges.map((c) => combinations[c]);
  const ladders = layout.ladders.map(({ ladder }) => ladderBounds(book, ladder));
  const members = groups.flatMap((group) => group.members);
  // A last bit below a whole number is that number.
  const most = hedges.map(({ legs }) => Math.floor(Math.min(...legs.map((leg) => held[leg.line] / leg.units)) + 1e-9));
  return {
    offset: lines.reduce((sum, line, i) => sum + alone[i] * Math.abs(line.quantity), 0),
    cost: [
      ...hedges.map((each) => -combinationSaving(book, each)),
      ...ladders.flatMap(({ cost }) => cost),
      ...members.map((line) => -alone[line] + 0),
      ...groups.map(() => 1),
    ],
    upper: [
      ...most,
      ...ladders.flatMap(({ upper }) => upper),
      ...members.map((line) => held[line]),
      ...groups.map(() => Infinity),
    ],
    isWhole: [
      ...hedges.map(() => true),
      ...ladders.flatMap(({ isWhole }) => isWhole),
      ...members.map(() => true),
      ...groups.map(() => false),
    ],
    rows: [
      ...heldRows(book, layout, held),
      ...layout.ladders.flatMap(({ ladder, first }) => ladderRows(ladder, ladderColumns(ladder, first))),
      ...groups.flatMap((group, g) => spreadRows(book, group, layout.members[g], layout.losses[g])),
    ],
  };
}

function heldRows(book: PairingBook, layout: Layout, held: readonly number[]): ProgramRow[] {
  const rows = book.lines.map(() => ({ indices: [] as number[], values: [] as number[] }));
  const use = (line: number, column: number, units: number): void => {
    rows[line].indices.push(column);
    rows[line].values.push(units);
  };
  layout.hedges.forEach((c, column) =>
    book.combinations[c].legs.forEach(({ line, units }) => use(line, column, units)),
  );
  for (const { ladder, first } of layout.ladders) {
    const { lesser, greater } = ladderColumns(ladder, first);
    ladder.rungs.forEach(({ line }, k) => [lesser(k), greater(k)].forEach((column) => use(line, column, 1)));
  }
  book.groups.forEach(({ members }, g) => members.forEach((line, i) => use(line, layout.members[g] + i, 1)));
  return rows.flatMap((row, line) =>
    row.indices.length === 0 ? [] : [{ lower: -Infinity, upper: held[line], ...row }],
  );
}

/** The program's columns from an assignment. */
export function programValues(book: PairingBook, { combinations, spreads }: Assignment): number[] {
  const layout = layoutOf(book);
  const straddles = straddlesByLines(book);
  const unitsOf = (a: number, b: number): number => combinations[straddles.get(pairKey(a, b)) ?? -1] ?? 0;
  return [
    ...layout.hedges.map((c) => combinations[c]),
    ...layout.ladders.flatMap(({ ladder }) => ladderValues(ladder, ladderSides(ladder, unitsOf))),
    ...spreads.flat(),
    ...book.groups.map((group, g) => groupLoss(book.lines, group, spreads[g])),
  ];
}

/** The assignment in the program's columns; what a solver gives is whole only to its tolerance. */
export function assignmentOf(book: PairingBook, values: readonly number[]): Assignment {
  const layout = layoutOf(book);
  const whole = (from: number, count: number): number[] =>
    values.slice(from, from + count).map((value) => Math.round(value) + 0);
  const combinations = book.combinations.map(() => 0);
  layout.hedges.forEach((c, column) => (combinations[c] = whole(column, 1)[0]));
  const straddles = straddlesByLines(book);
  for (const { ladder, first } of layout.ladders) {
    const { lesser, greater } = ladderColumns(ladder, first);
    const count = ladder.rungs.length;
    const sides = { lesser: whole(lesser(0), count), greater: whole(greater(0), count) };
    for (const { low, high, units } of ladderPairs(ladder, sides)) {
      const c = straddles.get(pairKey(low, high));
      // Two sides that save nothing together are not in the book.
      if (c !== undefined) combinations[c] += units;
    }
  }
  return { combinations, spreads: book.groups.map(({ members }, g) => whole(layout.members[g], members.length)) };
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** The place of each straddle in the book's combinations, by its lines. */
function straddlesByLines({ combinations }: PairingBook): Map<string, number> {
  return new Map(
    combinations.flatMap(({ formula, legs }, c) =>
      formula === 'STRADDLE' ? [[pairKey(legs[0].line, legs[1].line), c] as const] : [],
    ),
  );
}

/**
 * Two lines can be paired in one way at most, and what it saves grows with every unit: forming as many as there are is
 * the least. Contracts of two sizes are the exception, as they pair in multiples.
 */
export function needsNoSolver({ lines, combinations, groups }: PairingBook): boolean {
  const sizes = new Set(lines.flatMap((line) => (line.kind === 'OPTION' ? [line.multiplier] : [])));
  return (combinations.length === 0 && groups.length === 0) || (lines.length <= 2 && sizes.size <= 1);
}
