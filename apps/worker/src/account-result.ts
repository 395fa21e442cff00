import { accountMargin, type BulkGroup, type BulkMargin, type ClassGroup, type Gaps, isGaps } from '@app/margin';
import { type Position, profitCents } from '@app/portfolio';
import { isRegTGaps, type ProgramSolver, regTMargin, type RegTMargin } from '@app/reg-t';
import { type EffectiveRules, regTRules } from '@app/rules';
import {
  type AccountChunk,
  type AccountResult,
  type ChunkAccount,
  type DeadLetter,
  positionsFrom,
  type ResultGroup,
} from '@app/store';
import type { RunMarket } from './run-market.js';

/** Nobody waits for one account of a run: the pairing gets the time to be proven. */
const SECONDS_PER_PAIRING = 30;

const NONE: ReadonlySet<string> = new Set();

/** The margin of a chunk's account, or why there is none: the very calculation that answers for a single account. */
export function accountResult(
  chunk: AccountChunk,
  place: number,
  market: RunMarket,
  solver: ProgramSolver | undefined,
): AccountResult | DeadLetter {
  const account = chunk.accounts[place];
  try {
    return account.methodology === 'REG_T'
      ? regTResult(chunk, place, market, solver!)
      : portfolioResult(chunk, place, market);
  } catch (error) {
    // One account's fault must not take its neighbours with it.
    const detail = error instanceof Error ? error.message : String(error);
    return deadLetter(account, 'engine.failed', [{ code: 'engine.failed', symbol: null, detail }]);
  }
}

export function isDeadLetter(outcome: AccountResult | DeadLetter): outcome is DeadLetter {
  return 'gaps' in outcome;
}

function portfolioResult(chunk: AccountChunk, place: number, run: RunMarket): AccountResult | DeadLetter {
  const account = chunk.accounts[place];
  const rules = run.rulesFor(account.id);
  if (rules === undefined) return noRules(account);
  const { starts } = chunk.positions;
  const bulk = account.strictVolatility ? undefined : run.bulk(rules);
  const margin =
    bulk?.of(account.cash, chunk.positions, starts[place], starts[place + 1]) ?? wholeMargin(chunk, place, run, rules);
  if (isGaps(margin)) return deadLetter(account, 'margin.not_computable', margin);
  const { requirement, regulatoryRequirement, equity, classGroups } = margin;
  return {
    ...heading(account, rules.version),
    requirement,
    regulatoryRequirement,
    maintenanceExcess: equity - requirement,
    equity,
    classGroups: classGroups.map(resultGroup),
  };
}

/** Whatever house rules and odd books ask for. */
function wholeMargin(chunk: AccountChunk, place: number, run: RunMarket, rules: EffectiveRules): BulkMargin | Gaps {
  const { cash, strictVolatility } = chunk.accounts[place];
  const positions = positionsOf(chunk, place, run);
  const margin = accountMargin({ cash, positions }, { valuation: run.arrays.valuation, rules, strictVolatility });
  return isGaps(margin)
    ? margin
    : { ...margin, classGroups: [...margin.classGroups.values()].map(bulkGroup).sort(byName) };
}

function positionsOf({ positions }: AccountChunk, place: number, { symbols }: RunMarket): readonly Position[] {
  return positionsFrom(positions, symbols, positions.starts[place], positions.starts[place + 1]);
}

function bulkGroup({ classGroup, inForce }: ClassGroup): BulkGroup {
  const { requirement, scanLoss, minimumCharge, grid, worst } = inForce;
  return { classGroup, requirement, scanLoss, minimumCharge, worst: grid.points[worst] };
}

function resultGroup({ classGroup, requirement, scanLoss, minimumCharge, worst }: BulkGroup): ResultGroup {
  return {
    classGroup,
    requirement,
    scanLoss: profitCents(scanLoss),
    minimumCharge: profitCents(minimumCharge),
    worst,
  };
}

function regTResult(
  chunk: AccountChunk,
  place: number,
  run: RunMarket,
  solver: ProgramSolver,
): AccountResult | DeadLetter {
  const account = chunk.accounts[place];
  const { market } = run;
  const rules = regTRules(market.valuationDate);
  if (rules === undefined) return noRules(account);
  const context = { market, rules, solver, secondsPerPairing: SECONDS_PER_PAIRING, nonMargin: NONE };
  const margin = regTMargin({ cash: account.cash, positions: positionsOf(chunk, place, run) }, context);
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

function byName(a: { readonly classGroup: string }, b: { readonly classGroup: string }): number {
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
