import type { PoolClient } from 'pg';
import type { Cents } from '@app/portfolio';
import type { ValuedAccount } from '../margin-calls/follow-margin-calls.js';
import { BinaryRows } from './binary-rows.js';
import { copyBytes } from './copied.js';

/** A class group's part of an account's margin. */
export interface ResultGroup {
  readonly classGroup: string;
  readonly requirement: Cents;
  readonly scanLoss: Cents;
  readonly minimumCharge: Cents;
  /** The worst valuation point; null for a strategy-based requirement, which has none. */
  readonly worst: { readonly priceMove: number; readonly volMove: number } | null;
}

/** An account's margin in a run. */
export interface AccountResult extends ValuedAccount {
  readonly desk: string;
  /** In the order of their names. */
  readonly classGroups: readonly ResultGroup[];
}

/** An account that could not be margined. */
export interface DeadLetter {
  readonly accountId: string;
  readonly desk: string;
  readonly code: string;
  readonly gaps: readonly { readonly code: string; readonly symbol: string | null; readonly detail: string }[];
}

/** A chunk's outcome, ready for COPY. */
export interface ResultRows {
  readonly accounts: number;
  readonly deadLetters: number;
  readonly resultBytes: Uint8Array;
  readonly deadLetterBytes: Uint8Array;
  /** What margin calls follow from. */
  readonly valued: readonly ValuedAccount[];
}

/** Both tables' rows in COPY's binary format. Equal outcomes give equal bytes. */
export function resultRows(
  runId: string,
  results: readonly AccountResult[],
  deadLetters: readonly DeadLetter[],
): ResultRows {
  const rows = new BinaryRows();
  for (const result of results) addResult(rows, runId, result);
  const dead = new BinaryRows();
  for (const { accountId, desk, code, gaps } of deadLetters) {
    dead.row(5);
    dead.uuid(runId);
    for (const text of [accountId, desk, code, JSON.stringify(gaps)]) dead.text(text);
  }
  return {
    accounts: results.length,
    deadLetters: deadLetters.length,
    resultBytes: rows.finished(),
    deadLetterBytes: dead.finished(),
    valued: results.map(({ desk: _, classGroups: __, ...valued }) => valued),
  };
}

const RESULT_COLUMNS = `run_id, account_id, desk, account_version, methodology, rules_version, requirement,
  regulatory_requirement, maintenance_excess, equity, class_groups, requirements, scan_losses, minimum_charges,
  worst_price_moves, worst_vol_moves`;

function addResult(rows: BinaryRows, runId: string, result: AccountResult): void {
  const { classGroups } = result;
  rows.row(16);
  rows.uuid(runId);
  rows.text(result.accountId);
  rows.text(result.desk);
  rows.integer(result.accountVersion);
  rows.text(result.methodology);
  rows.text(result.rulesVersion);
  rows.bigint(result.requirement);
  rows.bigint(result.regulatoryRequirement);
  rows.bigint(result.maintenanceExcess);
  rows.bigint(result.equity);
  rows.texts(classGroups.map(({ classGroup }) => classGroup));
  rows.bigints(classGroups.map(({ requirement }) => requirement));
  rows.bigints(classGroups.map(({ scanLoss }) => scanLoss));
  rows.bigints(classGroups.map(({ minimumCharge }) => minimumCharge));
  const points = classGroups.flatMap(({ worst }) => (worst === null ? [] : [worst]));
  rows.floats(points.map(({ priceMove }) => priceMove));
  rows.floats(points.map(({ volMove }) => volMove));
}

/** Stores them on a connection that has a transaction open. */
export async function copyResults(client: PoolClient, rows: ResultRows): Promise<void> {
  if (rows.accounts > 0) {
    await copyBytes(client, `COPY reprice_results (${RESULT_COLUMNS}) FROM STDIN (FORMAT binary)`, rows.resultBytes);
  }
  if (rows.deadLetters > 0) {
    const columns = 'run_id, account_id, desk, code, gaps';
    await copyBytes(client, `COPY reprice_dead_letters (${columns}) FROM STDIN (FORMAT binary)`, rows.deadLetterBytes);
  }
}
