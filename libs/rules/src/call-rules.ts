import { businessDaysAfter, type CalendarDate } from '@app/market';
import type { Cited } from './cited.js';
import { PORTFOLIO_MARGIN_ELIGIBILITY } from './eligibility-rules.js';

/**
 * What a margin call asks for. MARGIN_DEFICIENCY: equity under the rule book's requirement. HOUSE: what house rules ask
 * beyond it, so that the two add up. MINIMUM_EQUITY: equity under what portfolio margin takes at all. MAINTENANCE: equity
 * under the maintenance requirement of an account under Regulation T.
 */
export const MARGIN_CALL_KINDS = ['MARGIN_DEFICIENCY', 'HOUSE', 'MINIMUM_EQUITY', 'MAINTENANCE'] as const;
export type MarginCallKind = (typeof MARGIN_CALL_KINDS)[number];

export interface CallRules {
  /** Business days of the exchange after the day a call is opened on, up to and with the day it is due on. */
  readonly businessDays: Readonly<Record<MarginCallKind, Cited<number>>>;
  /** Dollars. */
  readonly minimumEquity: Cited<number>;
}

export const CALL_RULES: CallRules = {
  businessDays: {
    MARGIN_DEFICIENCY: {
      value: 3,
      citation: 'FINRA 4210(g)(10)(A): deposit or hedge within three business days, then risk-reducing orders only',
      status: 'from memory',
    },
    HOUSE: {
      value: 2,
      citation: 'House: Lightspeed, portfolio margin house call, T+2 (https://lightspeed.com/trading/margin-calls)',
      status: 'verified',
    },
    MINIMUM_EQUITY: {
      value: 3,
      citation:
        'FINRA 4210(g)(9) and portfolio margin FAQ: restored by T+3, from the fourth business day no opening orders',
      status: 'secondary',
    },
    MAINTENANCE: {
      value: 15,
      citation: 'FINRA 4210(f)(6): as promptly as possible, in any event within fifteen business days',
      status: 'from memory',
    },
  },
  minimumEquity: PORTFOLIO_MARGIN_ELIGIBILITY.minimumEquity.REAL_TIME_MONITORING,
};

export function callDueDate(kind: MarginCallKind, openedOn: CalendarDate, rules: CallRules = CALL_RULES): CalendarDate {
  return businessDaysAfter(openedOn, rules.businessDays[kind].value);
}

/** From the day after its last on, an unmet call bars orders that do not lower the requirement. */
export function isOverdue(dueOn: CalendarDate, on: CalendarDate): boolean {
  return on > dueOn;
}
