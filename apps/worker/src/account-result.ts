import { accountMargin, type AccountMargin, type ClassGroup, type Gaps, isGaps, type MarginContext } from '@app/margin';
import { profitCents } from '@app/portfolio';
import { isRegTGaps, type ProgramSolver, regTMargin, type RegTMargin } from '@app/reg-t';
import { regTRules } from '@app/rules';
import { type AccountResult, type ChunkAccount, type DeadLetter, positionsOf, type ResultGroup } from '@app/store';
import type { RunMarket } from './run-market.js';

/** Nobody waits for one account of a run: the pairing gets the time to be proven. */
const SECONDS_PER_PAIRING = 30;

const NONE: ReadonlySet<string> = new Set();

/** An account's margin, or why there is none: the very calculation that answers for a single account. */
export function accountResult(
  account: ChunkAccount,
  market: RunMarket,
  solver: ProgramSolver | undefined,
): AccountResult | DeadLetter {
  try {
    return account.methodology === 'REG_T' ? regTResult(account, market, solver!) : portfolioResult(account, market);
  } catch (error) {
    // One account's fault must not take its neighbours with it.
    const detail = error instanceof Error ? error.message : String(error);
    return deadLetter(account, 'engine.failed', [{ code: 'engine.failed', symbol: null, detail }]);
  }
}

export function isDeadLetter(outcome: AccountResult | DeadLetter): outcome is DeadLetter {
  return 'gaps' in outcome;
}

function portfolioResult(account: ChunkAccount, run: RunMarket): AccountResult | DeadLetter {
  const rules = run.rulesFor(account.id);
  if (rules === undefined) return noRules(account);
  const bulk = account.strictVolatility ? undefined : run.bulk(rules);
  const quick = bulk?.of(account.cash, account.symbols, account.quantities);
  const margin = quick ?? wholeMargin(account, { valuation: run.valuation, rules });
  if (isGaps(margin)) return deadLetter(account, 'margin.not_computable', margin);
  const { requirement, regulatoryRequirement, equity } = margin;
  return {
    ...heading(account, rules.version),
    requirement,
    regulatoryRequirement,
    maintenanceExcess: equity - requirement,
    equity,
    classGroups: [...margin.classGroups.values()].map(resultGroup).sort(byName),
  };
}

/** Whatever house rules and odd books ask for. */
function wholeMargin(account: ChunkAccount, context: Omit<MarginContext, 'strictVolatility'>): AccountMargin | Gaps {
  const { cash, strictVolatility } = account;
  return accountMargin({ cash, positions: positionsOf(account) }, { ...context, strictVolatility });
}

function resultGroup({ classGroup, inForce }: Pick<ClassGroup, 'classGroup' | 'inForce'>): ResultGroup {
  return {
    classGroup,
    requirement: inForce.requirement,
    scanLoss: profitCents(inForce.scanLoss),
    minimumCharge: profitCents(inForce.minimumCharge),
    worst: inForce.grid.points[inForce.worst],
  };
}

function regTResult(account: ChunkAccount, { market }: RunMarket, solver: ProgramSolver): AccountResult | DeadLetter {
  const rules = regTRules(market.valuationDate);
  if (rules === undefined) return noRules(account);
  const context = { market, rules, solver, secondsPerPairing: SECONDS_PER_PAIRING, nonMargin: NONE };
  const margin = regTMargin({ cash: account.cash, positions: positionsOf(account) }, context);
  if (isRegTGaps(margin)) return deadLetter(account, 'margin.not_computable', margin);
  const { initial, equity, maintenanceExcess } = margin;
  return {
    ...heading(account, rules.version),
    requirement: initial,
    regulatoryRequirement: initial,
    maintenanceExcess,
    equity,
    classGroups: regTGroups(margin),
  };
}

function regTGroups(margin: RegTMargin): readonly ResultGroup[] {
  return [...margin.groups.values()]
    .map(({ classGroup, initial }) => ({
      classGroup,
      requirement: initial.requirement,
      scanLoss: 0,
      minimumCharge: 0,
      worst: null,
    }))
    .sort(byName);
}

function byName(a: ResultGroup, b: ResultGroup): number {
  return a.classGroup < b.classGroup ? -1 : 1;
}

function heading({ id, desk, version, methodology }: ChunkAccount, rulesVersion: string) {
  return { accountId: id, desk, accountVersion: version, methodology, rulesVersion };
}

function noRules(account: ChunkAccount): DeadLetter {
  const detail = 'No rules are known for the valuation date.';
  return deadLetter(account, 'rules.missing', [{ code: 'rules.missing', symbol: null, detail }]);
}

function deadLetter({ id, desk }: ChunkAccount, code: string, gaps: DeadLetter['gaps']): DeadLetter {
  return {
    accountId: id,
    desk,
    code,
    gaps: gaps.map(({ code: each, symbol, detail }) => ({ code: each, symbol, detail })),
  };
}
