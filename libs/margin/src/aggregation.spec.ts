import {
  fillScenarioSums,
  type PositionTable,
  riskStride,
  type RiskTable,
  worstProfit,
  worstProfitAfter,
} from './aggregation.js';

/** Whole numbers, so that sums are exact whatever their order. */
function riskTable(points: number, instruments: number): RiskTable {
  const stride = riskStride(points);
  const values = new Float64Array(stride * instruments);
  for (let row = 0; row < instruments; row++) {
    for (let point = 0; point < points; point++) values[row * stride + point] = ((row * 7 + point * 13) % 19) - 9;
  }
  return { points, stride, values };
}

const positions: PositionTable = {
  starts: Int32Array.of(0, 3, 3, 8),
  rows: Int32Array.of(0, 4, 2, 1, 1, 3, 0, 4),
  units: Float64Array.of(100, -200, 50, 1, -1, 300, 25, -7),
};

function plainSums(table: RiskTable): number[] {
  const sums: number[] = [];
  for (let account = 0; account < 3; account++) {
    for (let point = 0; point < table.stride; point++) {
      let sum = 0;
      for (let i = positions.starts[account]; i < positions.starts[account + 1]; i++) {
        sum += positions.units[i] * table.values[positions.rows[i] * table.stride + point];
      }
      sums.push(sum);
    }
  }
  return sums;
}

describe('fillScenarioSums', () => {
  it.each([1, 8, 10, 31])('of %d points are what a plain loop gives, 0 for an account without positions', (points) => {
    const table = riskTable(points, 5);
    const sums = new Float64Array(3 * table.stride).fill(NaN);
    fillScenarioSums(table, positions, 0, 3, sums);
    expect([...sums]).toEqual(plainSums(table));
    expect([...sums.subarray(table.stride, 2 * table.stride)].every((sum) => sum === 0)).toBe(true);
  });

  it('write only the accounts they are asked for', () => {
    const table = riskTable(10, 5);
    const sums = new Float64Array(3 * table.stride).fill(NaN);
    fillScenarioSums(table, positions, 1, 2, sums);
    const written = [...sums].map((sum, i) => (Number.isNaN(sum) ? -1 : Math.floor(i / table.stride)));
    expect(new Set(written)).toEqual(new Set([-1, 1]));
  });
});

describe('worstProfit', () => {
  const table = riskTable(10, 5);
  const sums = new Float64Array(3 * table.stride);
  fillScenarioSums(table, positions, 0, 3, sums);

  it('is the least of the points, and 0 where all gain', () => {
    const first = [...sums.subarray(0, 10)];
    expect(worstProfit(table, sums, 0)).toBe(Math.min(0, ...first));
    expect(worstProfit(table, sums, 1)).toBe(0);
    const gaining: RiskTable = { points: 2, stride: 8, values: Float64Array.of(1, 2, 0, 0, 0, 0, 0, 0) };
    expect(worstProfit(gaining, Float64Array.of(1, 2, 0, 0, 0, 0, 0, 0), 0)).toBe(0);
  });

  it('after an order is that of an account that holds it already', () => {
    const after = positions.rows.map((row, i) => (i === 1 ? 3 : row));
    const held = { ...positions, rows: after };
    const moved = new Float64Array(3 * table.stride);
    fillScenarioSums(table, held, 0, 1, moved);
    const without = { ...positions, units: positions.units.map((units, i) => (i === 1 ? 0 : units)) };
    const base = new Float64Array(3 * table.stride);
    fillScenarioSums(table, without, 0, 1, base);
    expect(worstProfitAfter(table, base, 0, 3, -200)).toBe(worstProfit(table, moved, 0));
  });

  it('is never a number where a sum is none', () => {
    const broken = Float64Array.from(sums);
    broken[4] = NaN;
    expect(worstProfit(table, broken, 0)).toBeNaN();
  });
});
