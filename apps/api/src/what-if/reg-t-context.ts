import type { CalendarDate, Market } from '@app/market';
import { loadProgramSolver, type ProgramSolver, type RegTContext } from '@app/reg-t';
import { type RegTRules, regTRules } from '@app/rules';
import { notComputable } from '../problems.js';

/** The thread waits for it: an answer with a stated gap is worth more than one that holds up everybody else's. */
const SECONDS_PER_PAIRING = 0.5;

/**
 * Of a program's rows: some six hundred series on one underlying. The solver looks at its clock too late on larger ones
 * (five seconds at 90,000), so that those are answered with the greedy pairing and no known gap.
 */
const PROGRAM_ENTRIES_MOST = 40_000;

const NONE: ReadonlySet<string> = new Set();

/** Loaded when the first strategy-based question comes: a service without any has no use for it. */
export class PairingSolver {
  private loading: Promise<ProgramSolver> | undefined;

  load(): Promise<ProgramSolver> {
    this.loading ??= loadProgramSolver()
      .then(bounded)
      .catch((error: unknown) => {
        this.loading = undefined;
        throw error;
      });
    return this.loading;
  }
}

/** The solver, but for programs that would hold up everybody else. */
export function bounded(solver: ProgramSolver): ProgramSolver {
  return {
    ...solver,
    solve(program, start, seconds) {
      const entries = program.rows.reduce((sum, { indices }) => sum + indices.length, 0);
      return entries > PROGRAM_ENTRIES_MOST
        ? { values: null, bound: -Infinity }
        : solver.solve(program, start, seconds);
    },
  };
}

/** What a strategy-based question on a market is asked with. @throws Problem 422 where no rules are known. */
export function regTContext(market: Market, solver: ProgramSolver, nonMargin = NONE): RegTContext {
  return {
    market,
    rules: regTRulesInForce(market.valuationDate),
    solver,
    secondsPerPairing: SECONDS_PER_PAIRING,
    nonMargin,
  };
}

function regTRulesInForce(date: CalendarDate): RegTRules {
  const rules = regTRules(date);
  if (rules !== undefined) return rules;
  const code = 'rules.missing';
  const detail = 'No strategy-based rules are known for the valuation date.';
  throw notComputable(code, detail, [{ pointer: '/market/asOf', code, detail }]);
}
