import { programSolver } from '../../../../test/support/reg-t-answer.js';
import { marketOf } from '../../../../test/support/sample-market.js';
import type { Problem } from '../problem.js';
import { regTContext } from './reg-t-context.js';

describe('what a strategy-based question is asked with', () => {
  it('has the rules of its date, or says that there were none', async () => {
    const solver = await programSolver();
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
