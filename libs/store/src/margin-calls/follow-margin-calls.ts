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
  // Two statements, so that the second sees what a transaction waited for has written.
  const { rows: unmet } = await client.query<{ account_id: string }>({
    name: 'lock-margin-calls',
    text: LOCK_CALLS,
    values: [accounts.map(({ accountId }) => accountId)],
  });
  const called = new Set(unmet.map((row) => row.account_id));
  const followed = accounts.filter((account) => called.has(account.accountId) || isShort(account, rules));
  if (followed.length === 0) return NO_TURNS;
  const column = <K extends keyof ValuedAccount>(name: K) => followed.map((account) => account[name]);
  const valuedOn = exchangeDate(asOf.toISOString());
  const dueDates = MARGIN_CALL_KINDS.map((kind) => callDueDate(kind, valuedOn, rules));
  const { rows } = await client.query<{ turn: CallTurn; count: number }>({
    name: 'follow-margin-calls',
    text: FOLLOW_CALLS,
    values: [
      ...[column('accountId'), column('accountVersion'), column('methodology'), column('rulesVersion')],
      ...[column('requirement'), column('regulatoryRequirement'), column('maintenanceExcess'), column('equity')],
      ...[snapshotId, asOf, valuedOn, minimumEquityCents(rules), ...dueDates],
    ],
  });
  return { ...NO_TURNS, ...Object.fromEntries(rows.map(({ turn, count }) => [turn, count])) };
}

/** Whether some kind of call may have to be opened: most accounts are healthy, and then there is nothing to do. */
function isShort(account: ValuedAccount, rules: CallRules): boolean {
  const { methodology, requirement, regulatoryRequirement, maintenanceExcess, equity } = account;
  if (methodology === 'REG_T') return maintenanceExcess < 0;
  return equity < Math.max(requirement, regulatoryRequirement, minimumEquityCents(rules));
}

function minimumEquityCents({ minimumEquity }: CallRules): number {
  return Math.round(minimumEquity.value * 100);
}
