import type { RepriceRun, ResultChange, RunChanges, RunProgress, RunTotals, StoredResult } from '@app/store';
import type { MoneyChangeDto } from '../what-if/money-change.dto.js';
import { difference, dollarsOfCents } from './cents-amount.js';
import type { AccountChangeDto, RunComparisonDto } from './run-comparison.dto.js';
import type { RunDto, RunTotalsDto } from './run-reply.dto.js';
import type { RunResultDto } from './run-result.dto.js';

export function runReply(run: RepriceRun, { accounts, done, chunks, chunksDone }: RunProgress): RunDto {
  const { id, state, snapshotId, feed, scope, desk, accountIds, priority, origin, previousId, failure } = run;
  return {
    ...{ id, state, snapshotId, asOf: run.asOf.toISOString(), feed, ruleBookSequence: run.rulesSequence },
    ...{ scope, desk, accountIds, priority, origin, previousId },
    progress: { accounts, done, chunks, chunksDone },
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    failure,
  };
}

export function totalsReply(totals: RunTotals): RunTotalsDto {
  const { accounts, deadLetters, deficits, shortfall, requirement, regulatoryRequirement, equity } = totals;
  return {
    ...{ accounts, deadLetters, deficits },
    shortfall: dollarsOfCents(shortfall),
    requirement: dollarsOfCents(requirement),
    regulatoryRequirement: dollarsOfCents(regulatoryRequirement),
    equity: dollarsOfCents(equity),
  };
}

export function resultReply(result: StoredResult): RunResultDto {
  const { accountId, desk, methodology, requirement, regulatoryRequirement, equity, maintenanceExcess } = result;
  return {
    ...{ accountId, desk, methodology },
    requirement: dollarsOfCents(requirement),
    regulatoryRequirement: dollarsOfCents(regulatoryRequirement),
    equity: dollarsOfCents(equity),
    excess: difference(equity, requirement),
    maintenanceExcess: dollarsOfCents(maintenanceExcess),
    classGroups: result.classGroups.map((classGroup, index) => ({
      classGroup,
      requirement: dollarsOfCents(result.requirements[index]),
      scanLoss: dollarsOfCents(result.scanLosses[index]),
      minimumCharge: dollarsOfCents(result.minimumCharges[index]),
      worst: worstPoint(result, index),
    })),
    ruleSetVersion: result.rulesVersion,
    positionsVersion: String(result.accountVersion),
  };
}

function worstPoint(
  { worstPriceMoves, worstVolMoves }: StoredResult,
  index: number,
): RunResultDto['classGroups'][0]['worst'] {
  if (index >= worstPriceMoves.length) return null;
  return { priceMove: worstPriceMoves[index], volMove: worstVolMoves[index] };
}

const CSV_COLUMNS = [
  ...(['accountId', 'desk', 'methodology', 'requirement', 'regulatoryRequirement', 'equity', 'excess'] as const),
  ...(['maintenanceExcess', 'ruleSetVersion', 'positionsVersion'] as const),
];

/** RFC 4180. No id, amount or version holds a character that would need quotation marks. */
export function resultsCsv(results: readonly RunResultDto[]): string {
  const lines = results.map((result) => CSV_COLUMNS.map((column) => result[column]).join());
  return [CSV_COLUMNS.join(), ...lines, ''].join('\r\n');
}

/** What a comparison is made of. */
export interface ComparedRuns {
  readonly run: RepriceRun;
  readonly previous: RepriceRun;
  readonly changes: RunChanges;
  readonly totals: RunTotals;
  readonly previousTotals: RunTotals;
  readonly newDeficits: readonly ResultChange[];
  readonly largest: readonly ResultChange[];
}

export function comparisonReply({ run, previous, ...compared }: ComparedRuns): RunComparisonDto {
  const samePrices = run.snapshotId === previous.snapshotId;
  const change = (each: ResultChange): AccountChangeDto => changeReply(each, samePrices);
  return {
    runId: run.id,
    previousId: previous.id,
    ...compared.changes,
    totals: totalsReply(compared.totals),
    previousTotals: totalsReply(compared.previousTotals),
    newDeficits: compared.newDeficits.map(change),
    largestChanges: compared.largest.map(change),
  };
}

function changeReply(change: ResultChange, samePrices: boolean): AccountChangeDto {
  const { accountId, desk, requirementBefore, requirementAfter, equityBefore, equityAfter } = change;
  return {
    ...{ accountId, desk },
    requirement: moneyChange(requirementBefore, requirementAfter),
    equity: moneyChange(equityBefore, equityAfter),
    excess: moneyChange(
      String(BigInt(equityBefore) - BigInt(requirementBefore)),
      String(BigInt(equityAfter) - BigInt(requirementAfter)),
    ),
    causes: [
      ...(samePrices ? [] : ['PRICES']),
      ...(change.positionsChanged ? ['POSITIONS'] : []),
      ...(change.rulesChanged ? ['RULES'] : []),
    ],
  };
}

function moneyChange(before: string, after: string): MoneyChangeDto {
  return { before: dollarsOfCents(before), after: dollarsOfCents(after), change: difference(after, before) };
}
