import { loadProgramSolver } from './highs-solver.js';
import type { IntegerProgram, ProgramSolver } from './integer-program.js';

/** Two goods worth 30 and 50 that share 40 hours and 50.5 of room. */
const workshop: IntegerProgram = {
  offset: 7,
  cost: [-30, -50],
  upper: [Infinity, Infinity],
  isWhole: [true, true],
  rows: [
    { lower: -Infinity, upper: 40, indices: [0, 1], values: [1, 2] },
    { lower: -Infinity, upper: 50.5, indices: [0, 1], values: [2, 1] },
  ],
};

describe('the solver', () => {
  let solver: ProgramSolver;
  beforeAll(async () => {
    solver = await loadProgramSolver();
  });

  it('finds the least whole values and proves them', () => {
    const { values, bound } = solver.solve(workshop, [0, 0], 10);
    expect(values!.map(Math.round)).toEqual([20, 10]);
    expect(bound).toBeCloseTo(7 - 1100, 6);
  });

  it('gives a fractional program its optimum as bound', () => {
    const { bound } = solver.solve({ ...workshop, isWhole: [false, false] }, [0, 0], 10);
    expect(bound).toBeLessThan(7 - 1100);
  });

  it('gives an empty program its offset', () => {
    expect(solver.solve({ offset: 3, cost: [], upper: [], isWhole: [], rows: [] }, [], 10)).toEqual({
      values: [],
      bound: 3,
    });
  });

  it('has no answer to what has none', () => {
    const rows = [{ lower: 5, upper: 5, indices: [0], values: [1] }];
    const impossible = { offset: 0, cost: [1], upper: [1], isWhole: [true], rows };
    expect(solver.solve(impossible, [0], 10)).toEqual({ values: null, bound: -Infinity });
  });
});
