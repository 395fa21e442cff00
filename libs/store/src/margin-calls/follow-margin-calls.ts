import { exchangeDate } from '@app/market';
import { CALL_RULES, callDueDate, type CallRules, MARGIN_CALL_KINDS } from '@app/rules';
import type { ClientBase } from 'pg';
import type { Methodology } from '../generated/client.js';
import { FOLLOW_CALLS, LOCK_CALLS } from './follow-calls-sql.js';

/** An account as it was valued. Amounts in cents. */
export interface ValuedAccount {
  readonly accountId: string;
  readonly accountVersion: number;
  readonly methodology: Methodology;
  readonly rulesVersion: string;
  /** In force, house rules included; of a REG_T account its initial requirement. */
  readonly requirement: number;
  /** By the rule book alone. */
  readonly regulatoryRequirement: number;
  /** Equity less what has to be maintained; only read of REG_T accounts. */
  readonly maintenanceExcess: number;
  readonly equity: number;
}

/** The prices accounts were valued on. */
export interface ValuedOn {
  readonly snapshotId: string;
  readonly asOf: Date;
}

/** How many calls took which turn. */
export type CallTurn = 'OPENED' | 'CHANGED' | 'OVERDUE' | 'REVIVED' | 'MET';
export type CallTurns = Readonly<Record<CallTurn, number>>;

const NO_TURNS: CallTurns = { OPENED: 0, CHANGED: 0, OVERDUE: 0, REVIVED: 0, MET: 0 };

/**
 * Opens a call for every deficit that has none, and takes every unmet call of these accounts to where it stands now.
 * Inside a transaction of the caller's, so that the values and what follows from them are stored together; any number
 * of accounts, set-wise. Twice with the same values is as good as once; values older than those a call was last followed
 * by change nothing, and a call is opened on the latest prices of an account only.
 */
export async function followMarginCalls(
  client: ClientBase,
  { snapshotId, asOf }: ValuedOn,
  accounts: readonly ValuedAccount[],
  rules: CallRules = CALL_RULES,
): Promise<CallTurns> {
  if (accounts.length === 0) return NO_TURNS;
  const column = <K extends keyof ValuedAccount>(name: K) => accounts.map((account) => account[name]);
  const ids = column('accountId');
  const valuedOn = exchangeDate(asOf.toISOString());
  const dueDates = MARGIN_CALL_KINDS.map((kind) => callDueDate(kind, valuedOn, rules));
  // Two statements, so that the second sees what a transaction waited for has written.
  await client.query(LOCK_CALLS, [ids]);
  const { rows } = await client.query<{ turn: CallTurn; count: number }>(FOLLOW_CALLS, [
    ...[ids, column('accountVersion'), column('methodology'), column('rulesVersion'), column('requirement')],
    ...[column('regulatoryRequirement'), column('maintenanceExcess'), column('equity')],
    ...[snapshotId, asOf, valuedOn, Math.round(rules.minimumEquity.value * 100), ...dueDates],
  ]);
  return { ...NO_TURNS, ...Object.fromEntries(rows.map(({ turn, count }) => [turn, count])) };
}
