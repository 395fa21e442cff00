import type { CalendarDate, Market } from '@app/market';
import { loadProgramSolver, type ProgramSolver, type RegTContext } from '@app/reg-t';
import { type RegTRules, regTRules } from '@app/rules';
import { notComputable } from '../problems.js';

/** The thread waits for it: an answer with a stated gap is worth more than one that holds up everybody else's. */
const SECONDS_PER_PAIRING = 0.5;

const NONE: ReadonlySet<string> = new Set();

/** Loaded when the first strategy-based question comes: a service without any has no use for it. */
export class PairingSolver {
  private loading: Promise<ProgramSolver> | undefined;

  load(): Promise<ProgramSolver> {
    this.loading ??= loadProgramSolver().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }
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
