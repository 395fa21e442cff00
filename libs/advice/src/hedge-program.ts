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

/** `wanted` is the excess to reach, dollars; `mostLots` binds each line and side. */
export function hedgeProgram(
  before: AccountMargin,
  lines: readonly HedgeLine[],
  wanted: number,
  mostLots: number,
): HedgeProgram {
  const groups = [...new Set(lines.map(({ classGroup }) => classGroup))];
  const n = lines.length;
  const columns = 2 * n + groups.length + n + 1;
  const [requirementAt, chargeAt, wantAt] = [2 * n, 2 * n + groups.length, columns - 1];
  const rows: ProgramRow[] = [];
  const start = new Array<number>(columns).fill(0);
  const atLeast = (lower: number, cells: readonly (readonly [number, number])[]): void => {
    const used = cells.filter(([, value]) => value !== 0);
    rows.push({
      lower,
      upper: Infinity,
      indices: used.map(([column]) => column),
      values: used.map(([, value]) => value),
    });
  };

  groups.forEach((name, g) => {
    const own = lines.flatMap((line, i) => (line.classGroup === name ? [i] : []));
    const group = before.classGroups.get(name);
    const points = lines[own[0]].pnl.length;
    const losses = Array.from({ length: points }, (_, k) => -(group?.inForce.scenarios[k] ?? 0));
    for (let k = 0; k < points; k++) {
      const cells = own.flatMap((i) => [[i, lines[i].pnl[k]] as const, [n + i, -lines[i].pnl[k]] as const]);
      atLeast(losses[k], [[requirementAt + g, 1], ...cells]);
    }
    const heldCharges = own.map((i) => charge(lines[i]));
    const others = (group?.inForce.minimumCharge ?? 0) - heldCharges.reduce((sum, each) => sum + each, 0);
    atLeast(others, [[requirementAt + g, 1], ...own.map((i) => [chargeAt + i, -1] as const)]);
    for (const i of own) {
      const { held, longCharge, shortCharge } = lines[i];
      atLeast(longCharge * held, [
        [chargeAt + i, 1],
        [i, -longCharge],
        [n + i, longCharge],
      ]);
      atLeast(-shortCharge * held, [
        [chargeAt + i, 1],
        [i, shortCharge],
        [n + i, -shortCharge],
      ]);
      start[chargeAt + i] = charge(lines[i]);
    }
    start[requirementAt + g] = Math.max(0, ...losses, group?.inForce.minimumCharge ?? 0);
  });

  const owed = groups.reduce((sum, name) => sum + (before.classGroups.get(name)?.inForce.requirement ?? 0), 0);
  const others = (before.equity - (before.requirement - owed)) / 100;
  // Equity less costs less requirements, and what is still wanting, reach what is wanted.
  atLeast(wanted - others, [
    ...lines.flatMap(({ buyCost, sellCost }, i) => [[i, -buyCost] as const, [n + i, -sellCost] as const]),
    ...groups.map((_, g) => [requirementAt + g, -1] as const),
    [wantAt, 1],
  ]);
  const startExcess = others - groups.reduce((sum, _, g) => sum + start[requirementAt + g], 0);
  start[wantAt] = Math.max(0, wanted - startExcess);

  const cost = [
    ...lines.map(({ buyCost, turnover }) => buyCost + TURNOVER_PRICE * turnover),
    ...lines.map(({ sellCost, turnover }) => sellCost + TURNOVER_PRICE * turnover),
    ...new Array<number>(groups.length + n).fill(0),
    WANT_PRICE,
  ];
  const upper = cost.map((_, column) => (column < 2 * n ? mostLots : Infinity));
  const isWhole = cost.map((_, column) => column < 2 * n);
  return {
    program: { offset: 0, cost, upper, isWhole, rows },
    start,
    lots: (values) => lines.map((_, i) => Math.round(values[i]) - Math.round(values[n + i])),
  };
}

function charge({ held, longCharge, shortCharge }: HedgeLine): number {
  return held > 0 ? held * longCharge : -held * shortCharge;
}
