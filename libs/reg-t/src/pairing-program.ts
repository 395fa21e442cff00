import { type Assignment, combinationSaving, optionAt, type PairingBook, unitCost } from './assignment.js';
import type { IntegerProgram, ProgramRow } from './integer-program.js';
import { pairableQuantity, unpaired } from './line.js';
import { groupLoss, type SpreadGroup } from './spread-group.js';
import { intrinsicValue, spreadPrices } from './spread-loss.js';

/**
 * The pairing of a book as an integer program. Columns: units of each combination, contracts of each member of each
 * spread group, and the loss of each group. Rows: no line is used beyond what is held; a group is equally long and
 * short in calls and in puts; its loss is at least its net intrinsic loss at every strike and at zero. The objective
 * is the cost of everything unpaired less what pairing saves.
 */
export function pairingProgram(book: PairingBook): IntegerProgram {
  const { lines, combinations, groups, kind } = book;
  const columns = columnsOf(book);
  const alone = lines.map((line) => unitCost(unpaired(line), kind));
  const held = lines.map(pairableQuantity);
  const mostOf = combinations.map(({ legs }) =>
    Math.floor(Math.min(...legs.map(({ line, units }) => held[line] / units)) + 1e-9),
  );
  const members = groups.flatMap((group) => group.members);
  const losses = groups.map(() => 1);
  return {
    offset: lines.reduce((sum, line, i) => sum + alone[i] * Math.abs(line.quantity), 0),
    cost: [
      ...combinations.map((each) => -combinationSaving(book, each)),
      ...members.map((line) => -alone[line] + 0),
      ...losses,
    ],
    upper: [...mostOf, ...members.map((line) => held[line]), ...losses.map(() => Infinity)],
    isWhole: [...combinations.map(() => true), ...members.map(() => true), ...losses.map(() => false)],
    rows: [
      ...heldRows(book, columns, held),
      ...groups.flatMap((group, g) => [
        ...balanceRows(book, group, columns.member[g]),
        ...lossRows(book, group, columns.member[g], columns.loss[g]),
      ]),
    ],
  };
}

interface Columns {
  /** First column of each group's members. */
  readonly member: readonly number[];
  readonly loss: readonly number[];
}

function columnsOf({ combinations, groups }: PairingBook): Columns {
  let next = combinations.length;
  const member = groups.map(({ members }) => {
    const first = next;
    next += members.length;
    return first;
  });
  return { member, loss: groups.map((_, g) => next + g) };
}

function heldRows(
  { lines, combinations, groups }: PairingBook,
  columns: Columns,
  held: readonly number[],
): ProgramRow[] {
  const rows = lines.map(() => ({ indices: [] as number[], values: [] as number[] }));
  combinations.forEach(({ legs }, c) => {
    for (const { line, units } of legs) {
      rows[line].indices.push(c);
      rows[line].values.push(units);
    }
  });
  groups.forEach(({ members }, g) =>
    members.forEach((line, i) => {
      rows[line].indices.push(columns.member[g] + i);
      rows[line].values.push(1);
    }),
  );
  return rows.flatMap((row, line) =>
    row.indices.length === 0 ? [] : [{ lower: -Infinity, upper: held[line], ...row }],
  );
}

function balanceRows(book: PairingBook, { members }: SpreadGroup, first: number): ProgramRow[] {
  return (['CALL', 'PUT'] as const).flatMap((right) => {
    const side = members.flatMap((line, i) => {
      const option = optionAt(book, line);
      return option.right === right
        ? [{ column: first + i, shares: Math.sign(option.quantity) * option.multiplier }]
        : [];
    });
    if (side.length === 0) return [];
    return [
      { lower: 0, upper: 0, indices: side.map(({ column }) => column), values: side.map(({ shares }) => shares) },
    ];
  });
}

/** loss + Σ contracts × intrinsic value ≥ 0 at every price where the group's value can be least. */
function lossRows(book: PairingBook, { members }: SpreadGroup, first: number, loss: number): ProgramRow[] {
  const options = members.map((line) => optionAt(book, line));
  return spreadPrices(options.map(({ strike }) => strike)).flatMap((price) => {
    const legs = options.flatMap(({ right, strike, multiplier, quantity }, i) => {
      const value = intrinsicValue([{ right, strike, shares: Math.sign(quantity) * multiplier }], price);
      return value === 0 ? [] : [{ column: first + i, value }];
    });
    if (!legs.some(({ value }) => value < 0)) return [];
    return [
      {
        lower: 0,
        upper: Infinity,
        indices: [...legs.map(({ column }) => column), loss],
        values: [...legs.map(({ value }) => value), 1],
      },
    ];
  });
}

/** The program's columns from an assignment. */
export function programValues({ lines, groups }: PairingBook, { combinations, spreads }: Assignment): number[] {
  const losses = groups.map((group, g) => groupLoss(lines, group, spreads[g]));
  return [...combinations, ...spreads.flat(), ...losses];
}

/** The assignment in the program's columns; what a solver gives is whole only to its tolerance. */
export function assignmentOf(book: PairingBook, values: readonly number[]): Assignment {
  const { member } = columnsOf(book);
  const whole = (from: number, count: number): number[] =>
    values.slice(from, from + count).map((value) => Math.round(value) + 0);
  return {
    combinations: whole(0, book.combinations.length),
    spreads: book.groups.map(({ members }, g) => whole(member[g], members.length)),
  };
}

/**
 * Two lines can be paired in one way at most, and what it saves grows with every unit: forming as many as there are is
 * the least. Contracts of two sizes are the exception, as they pair in multiples.
 */
export function needsNoSolver({ lines, combinations, groups }: PairingBook): boolean {
  const sizes = new Set(lines.flatMap((line) => (line.kind === 'OPTION' ? [line.multiplier] : [])));
  return (combinations.length === 0 && groups.length === 0) || (lines.length <= 2 && sizes.size <= 1);
}
