import type { CalendarDate } from '@app/market';
import { type Cents, centsText } from '@app/portfolio';
import type { Judgement } from './decision.js';

/** A margin call that was not met in time. */
export interface OverdueCall {
  readonly id: string;
  /** The last day it could be met on. */
  readonly dueOn: CalendarDate;
  /** Equity that is missing, > 0. */
  readonly amount: Cents;
}

/**
 * While a call is overdue, only orders that lower the requirement pass (FINRA 4210(g)(9), (g)(10)(A)), whatever excess the
 * account has by now by its latest prices: a call ends when a valuation finds it met.
 */
export function barredByCall<J extends Judgement>(judged: J, call: OverdueCall | null): J {
  if (call === null || judged.riskReducing) return judged;
  const detail =
    `A margin call of ${centsText(call.amount)} was due on ${call.dueOn} and is not met: ` +
    'until it is, only orders that lower the requirement may be sent.';
  const reason = { code: 'margin_call.overdue', detail, shortfall: call.amount, marginCallId: call.id } as const;
  return { ...judged, decision: 'REJECT', reasons: [...judged.reasons, reason] };
}
