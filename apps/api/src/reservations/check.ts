import {
  type AccountMargin,
  barredByCall,
  type Gaps,
  type Hold,
  holdPlus,
  isGaps,
  isHoldExact,
  type Judgement,
  type MarginContext,
  marginWithHold,
  type OverdueCall,
  type Reason,
  SEARCHED_AT_MOST,
  worstFill,
} from '@app/margin';
import { type Cents, centsText, type Portfolio, type WorkingOrder } from '@app/portfolio';
import { reservationHold } from '../what-if/account-holds.js';
import { boundJudgement, reduction } from './linked-judgement.js';

/** What a check is judged on. */
export interface CheckedAccount {
  readonly portfolio: Portfolio;
  readonly context: MarginContext;
  /** Of the positions alone. */
  readonly positions: AccountMargin;
  /** What the working reservations hold, and the margin with that. */
  readonly hold: Hold;
  readonly held: AccountMargin;
  /** A margin call that is not met in time. */
  readonly call: OverdueCall | null;
  /** All that may still execute. */
  readonly working: () => readonly WorkingOrder[];
}

/** A limit that has no room for what the orders would hold. */
export interface LimitRefusal {
  readonly scope: 'FIRM' | 'DESK' | 'ACCOUNT';
  /** Cents. */
  readonly room: Cents;
}

export interface Checked extends Omit<Judgement, 'reasons'> {
  readonly reasons: readonly (Reason | LimitReason)[];
  /** What is held with the orders. */
  readonly total: Hold;
  /** With what is held already, and with these orders beside it. */
  readonly before: AccountMargin;
  readonly after: AccountMargin;
  /** By how much the orders raise the requirement at worst. */
  readonly heldCents: Cents;
  /** EXACT: some fills are as bad as the numbers say. BOUND: none are worse. */
  readonly proof: 'EXACT' | 'BOUND';
}

interface LimitReason {
  readonly code: 'limit.hold_exceeded';
  readonly detail: string;
  readonly shortfall: Cents;
}

/**
 * Whether orders may be sent, whichever of them and of the orders working already execute. The bound decides where it
 * lets them pass, the exact worst where the bound would refuse and can be more than the worst.
 */
export function check(
  account: CheckedAccount,
  orders: readonly WorkingOrder[],
  refusal: LimitRefusal | null,
): Checked | Gaps {
  const { context, positions } = account;
  const hold = reservationHold(orders, { before: positions, context });
  if (isGaps(hold)) return hold;
  const before = account.held;
  const after = marginWithHold(before, hold, context);
  if (isGaps(after)) return after;
  const heldCents = Math.max(0, after.requirement - before.requirement);
  const total = holdPlus(account.hold, hold);
  const isExact = isHoldExact(after, total);
  const checked = { total, before, after, heldCents, proof: isExact ? ('EXACT' as const) : ('BOUND' as const) };
  if (refusal !== null) return { ...checked, ...refused(refusal, heldCents) };
  const bound = boundJudgement({ positions, before, after }, orders, account.working, context);
  if (isGaps(bound)) return bound;
  if (bound.decision === 'ACCEPT' && account.call === null) return { ...checked, ...bound };
  const reducing = reduction(account, orders);
  if (reducing !== null || account.call !== null) {
    return { ...checked, ...barredByCall(reducing ?? bound, account.call) };
  }
  // What the worst fills are is the question only where nothing but equity refuses.
  const isEquity = bound.reasons.every(({ code }) => code === 'limit.excess_exceeded');
  const accepted = isExact || !isEquity ? null : coveredExactly(account, orders);
  return { ...checked, ...(accepted ?? bound) };
}

export function refused(
  { scope, room }: LimitRefusal,
  heldCents: Cents,
): Omit<Judgement, 'reasons'> & Pick<Checked, 'reasons'> {
  const whose = { FIRM: 'the firm', DESK: 'the desk', ACCOUNT: 'the account' }[scope];
  const detail = `The orders would hold ${centsText(heldCents)} of requirement; the limit of ${whose} has room for ${centsText(Math.max(0, room))}.`;
  const reason = { code: 'limit.hold_exceeded' as const, detail, shortfall: heldCents - Math.max(0, room) };
  return { decision: 'REJECT', reasons: [reason], riskReducing: false };
}

/** ACCEPT where no fills leave a deficit; not looked for where a house asks more of new orders than the requirement. */
function coveredExactly(account: CheckedAccount, orders: readonly WorkingOrder[]): Judgement | null {
  if (account.context.rules.account.initialMultiplier !== 1) return null;
  const all = [...account.working(), ...orders];
  if (all.length > SEARCHED_AT_MOST) return null;
  const worst = worstFill(account.positions, all, account.context);
  return isGaps(worst) || worst.leastExcess < 0 ? null : { decision: 'ACCEPT', reasons: [], riskReducing: false };
}
