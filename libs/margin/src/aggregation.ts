import { KERNEL_BLOCK } from './scenario-kernel.js';

/*
 * Scenario profit and loss of whole books at once: many accounts' positions times their instruments' risk arrays. The
 * sums of a block of points stay in local variables, which the compiler keeps in registers, and are written once per
 * account; a row of a table is a whole number of blocks, one cache line each. Tested against a plain loop.
 */

/** Points of a block of this loop, a half of the kernel's: as many sums as registers hold beside what else the loop needs. */
const BLOCK = 8;

/** Risk arrays of many instruments, a row each, padded with zeros to a whole number of blocks. */
export interface RiskTable {
  /** Valuation points, the same for every row. */
  readonly points: number;
  /** Distance of rows: `points` rounded up to a multiple of 16. */
  readonly stride: number;
  /** Profit of one long unit at each point: row × stride + point. */
  readonly values: Float64Array;
}

/** Positions of many accounts, those of an account next to each other. */
export interface PositionTable {
  /** Account a holds positions `starts[a]` up to, not including, `starts[a + 1]`. */
  readonly starts: Int32Array;
  /** Row of each position in the risk table. */
  readonly rows: Int32Array;
  /** Signed units: contracts times multiplier, or shares. */
  readonly units: Float64Array;
}

/** Distance of rows of a table of so many points. */
export function riskStride(points: number): number {
  return Math.ceil(points / KERNEL_BLOCK) * KERNEL_BLOCK;
}

/**
 * Writes the profit of accounts `from` up to, not including, `to` at every point to `sums`, account × stride + point.
 * All tables may lie on shared memory: threads take ranges of accounts.
 */
export function fillScenarioSums(
  table: RiskTable,
  positions: PositionTable,
  from: number,
  to: number,
  sums: Float64Array,
): void {
  const { stride, values } = table;
  const { starts, rows, units } = positions;
  for (let account = from; account < to; account++) {
    const start = starts[account];
    const end = starts[account + 1];
    for (let block = 0; block < stride; block += BLOCK) {
      fillBlock(values, stride, block, rows, units, start, end, sums, account * stride + block);
    }
  }
}

// Eight sums named one by one: an array of them would live in memory.
// eslint-disable-next-line max-params
function fillBlock(
  values: Float64Array,
  stride: number,
  block: number,
  rows: Int32Array,
  units: Float64Array,
  start: number,
  end: number,
  sums: Float64Array,
  at: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  for (let i = start; i < end; i++) {
    const n = units[i];
    const o = rows[i] * stride + block;
    s0 += n * values[o];
    s1 += n * values[o + 1];
    s2 += n * values[o + 2];
    s3 += n * values[o + 3];
    s4 += n * values[o + 4];
    s5 += n * values[o + 5];
    s6 += n * values[o + 6];
    s7 += n * values[o + 7];
  }
  sums[at] = s0;
  sums[at + 1] = s1;
  sums[at + 2] = s2;
  sums[at + 3] = s3;
  sums[at + 4] = s4;
  sums[at + 5] = s5;
  sums[at + 6] = s6;
  sums[at + 7] = s7;
}

/** Least profit of an account over all points, 0 at most: what it loses at worst, with its sign. */
export function worstProfit(table: RiskTable, sums: Float64Array, account: number): number {
  return worstProfitAfter(table, sums, account, 0, 0);
}

/** `worstProfit` were `units` of a table's row added to the account, whose other positions are not looked at again. */
export function worstProfitAfter(
  { points, stride, values }: RiskTable,
  sums: Float64Array,
  account: number,
  row: number,
  units: number,
): number {
  const at = account * stride;
  const o = row * stride;
  let worst = 0;
  for (let point = 0; point < points; point++) {
    const profit = sums[at + point] + units * values[o + point];
    if (profit < worst) worst = profit;
    else if (Number.isNaN(profit)) return NaN;
  }
  return worst;
}
