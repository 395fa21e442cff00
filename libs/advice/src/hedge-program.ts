import type { AccountMargin } from '@app/margin';
import type { IntegerProgram, ProgramRow } from '@app/reg-t';
import type { HedgeLine } from './hedge-line.js';

/*
 * The cheapest lots that leave enough excess, as an integer program. A class group owes the greatest of some linear
 * functions of the lots, so owing no more than r is a row for each of them: r is at least the loss at every valuation
 * point and at least the minimum charge, which is at least the charge of each contract were it long and were it short.
 */

/** Dollars of cost that a dollar of excess still wanting counts as: no lot that helps is too dear. */
const WANT_PRICE = 1_000;
/** Of lots that cost alike the fewest dollars traded: far below what a cent decides. */
const TURNOVER_PRICE = 1e-6;

/** The columns: lots bought, lots sold, requirement of each class group, charge of each contract, excess wanting. */
export interface HedgeProgram {
  readonly program: IntegerProgram;
  /** Permitted values: no lots at all. */
  readonly start: readonly number[];
  /** Lots bought less lots sold, of each line, in a solution's values. */
  readonly lots: (values: readonly number[]) => readonly number[];
}

/** Which column is what, for `lines` in `groups`. */
interface Columns {
  readonly buy: (line: number) => number;
  readonly sell: (line: number) => number;
  readonly requirement: (group: number) => number;
  readonly charge: (line: number) => number;
  readonly want: number;
  readonly count: number;
}

function columnsOf(lines: number, groups: number): Columns {
  return {
    buy: (line) => line,
    sell: (line) => lines + line,
    requirement: (group) => 2 * lines + group,
    charge: (line) => 2 * lines + groups + line,
    want: 3 * lines + groups,
    count: 3 * lines + groups + 1,
  };
}

type Cell = readonly [column: number, value: number];

function atLeast(lower: number, cells: readonly Cell[]): ProgramRow {
  const used = cells.filter(([, value]) => value !== 0);
  return { lower, upper: Infinity, indices: used.map(([column]) => column), values: used.map(([, value]) => value) };
}

/** `wanted` is the excess to reach, dollars; `mostLots` binds each line and side. */
export function hedgeProgram(
  before: AccountMargin,
  lines: readonly HedgeLine[],
  wanted: number,
  mostLots: number,
): HedgeProgram {
  const groups = [...new Set(lines.map(({ classGroup }) => classGroup))];
  const at = columnsOf(lines.length, groups.length);
  const owed = groups.reduce((sum, name) => sum + (before.classGroups.get(name)?.inForce.requirement ?? 0), 0);
  /** Equity less what other class groups require, dollars. */
  const left = (before.equity - (before.requirement - owed)) / 100;

  const start = new Array<number>(at.count).fill(0);
  groups.forEach((name, g) => {
    const group = before.classGroups.get(name)?.inForce;
    start[at.requirement(g)] = group === undefined ? 0 : Math.max(group.scanLoss, group.minimumCharge);
  });
  lines.forEach((line, i) => (start[at.charge(i)] = charge(line)));
  const required = groups.reduce((sum, _, g) => sum + start[at.requirement(g)], 0);
  start[at.want] = Math.max(0, wanted - (left - required));

  const cost = new Array<number>(at.count).fill(0);
  lines.forEach(({ buyCost, sellCost, turnover }, i) => {
    cost[at.buy(i)] = buyCost + TURNOVER_PRICE * turnover;
    cost[at.sell(i)] = sellCost + TURNOVER_PRICE * turnover;
  });
  cost[at.want] = WANT_PRICE;
  const isLots = cost.map((_, column) => column < 2 * lines.length);
  return {
    program: {
      offset: 0,
      cost,
      upper: isLots.map((lots) => (lots ? mostLots : Infinity)),
      isWhole: isLots,
      rows: [
        ...groups.flatMap((name, g) => requirementRows(before, lines, name, at, at.requirement(g))),
        ...lines.flatMap((line, i) => chargeRows(line, i, at)),
        // Equity less costs less requirements, and what is still wanting, reach what is wanted.
        atLeast(wanted - left, [
          ...lines.map(({ buyCost }, i): Cell => [at.buy(i), -buyCost]),
          ...lines.map(({ sellCost }, i): Cell => [at.sell(i), -sellCost]),
          ...groups.map((_, g): Cell => [at.requirement(g), -1]),
          [at.want, 1],
        ]),
      ],
    },
    start,
    lots: (values) => lines.map((_, i) => Math.round(values[at.buy(i)]) - Math.round(values[at.sell(i)])),
  };
}

/** A class group owes at least its loss at each point, and the charges of all its contracts. */
function requirementRows(
  before: AccountMargin,
  lines: readonly HedgeLine[],
  name: string,
  at: Columns,
  requirement: number,
): ProgramRow[] {
  const own = lines.flatMap((line, i) => (line.classGroup === name ? [i] : []));
  const group = before.classGroups.get(name)?.inForce;
  const others = own.reduce((sum, i) => sum - charge(lines[i]), group?.minimumCharge ?? 0);
  const losses = Array.from(lines[own[0]].pnl, (_, k) =>
    atLeast(-(group?.scenarios[k] ?? 0), [
      [requirement, 1],
      ...own.map((i): Cell => [at.buy(i), lines[i].pnl[k]]),
      ...own.map((i): Cell => [at.sell(i), -lines[i].pnl[k]]),
    ]),
  );
  return [...losses, atLeast(others, [[requirement, 1], ...own.map((i): Cell => [at.charge(i), -1])])];
}

/** The charge of what is held and traded of a line: no less than were it long, nor than were it short. */
function chargeRows({ held, longCharge, shortCharge }: HedgeLine, i: number, at: Columns): ProgramRow[] {
  return [longCharge, -shortCharge].map((perLot) =>
    atLeast(perLot * held, [
      [at.charge(i), 1],
      [at.buy(i), -perLot],
      [at.sell(i), perLot],
    ]),
  );
}

function charge({ held, longCharge, shortCharge }: HedgeLine): number {
  return held > 0 ? held * longCharge : -held * shortCharge;
}
