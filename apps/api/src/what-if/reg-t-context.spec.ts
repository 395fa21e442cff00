import type { IntegerProgram, ProgramSolver } from '@app/reg-t';
import { programSolver } from '../../../../test/support/reg-t-answer.js';
import { marketOf } from '../../../../test/support/sample-market.js';
import type { Problem } from '../problem.js';
import { bounded, regTContext } from './reg-t-context.js';

/** The least x that is at least 1, said `entries` times. */
function program(entries: number): IntegerProgram {
  const row = { lower: 1, upper: Infinity, indices: [0], values: [1] };
  return { offset: 0, cost: [1], upper: [5], isWhole: [true], rows: Array.from({ length: entries }, () => row) };
}

describe('the solver of the service', () => {
  let solver: ProgramSolver;
  beforeAll(async () => {
    solver = bounded(await programSolver());
  });

  it('solves what is not too large', () => {
    expect(solver.solve(program(3), [5], 1)).toEqual({ values: [1], bound: 1 });
  });

  it('says that it knows nothing of what is', () => {
    expect(solver.solve(program(40_001), [5], 1)).toEqual({ values: null, bound: -Infinity });
  });

  it('has rules to go with it, or says that there were none', () => {
    const on = (asOf: string) => regTContext(marketOf([], { asOf }), solver);
    expect(on('2026-08-21T18:00:00.000Z').rules.version).toBe('reg-t-2026');
    let problem: Problem | undefined;
    try {
      on('2005-01-03T18:00:00.000Z');
    } catch (error) {
      problem = error as Problem;
    }
    expect([problem?.status, problem?.errors[0].code]).toEqual([422, 'rules.missing']);
  });
});
