import type { CalendarDate } from '@app/market';
import type { MarginCallKind } from '@app/rules';
import type { MarginCallCause, MarginCallEventType, MarginCallState } from '../generated/client.js';

/** A margin call as it stands. Amounts in cents. */
export interface MarginCall {
  readonly id: string;
  readonly accountId: string;
  readonly desk: string;
  readonly kind: MarginCallKind;
  readonly state: MarginCallState;
  readonly openedOn: CalendarDate;
  /** The last day to meet it on. */
  readonly dueOn: CalendarDate;
  readonly closedOn: CalendarDate | null;
  readonly metBy: readonly MarginCallCause[];
  /** What is missing; 0 where it is met. */
  readonly amount: number;
  readonly openedAmount: number;
  readonly required: number;
  readonly equity: number;
  /** What it was last valued on. */
  readonly snapshotId: string;
  readonly asOf: Date;
  readonly rulesVersion: string;
  readonly accountVersion: number;
  /** Number of its last event. */
  readonly version: number;
  /** Exchange date of the account's latest prices: what it is overdue by. */
  readonly marketDate: CalendarDate;
}

export interface MarginCallEvent {
  readonly number: number;
  readonly type: MarginCallEventType;
  readonly happenedOn: CalendarDate;
  readonly amount: number;
  readonly dueOn: CalendarDate;
  /** Paid in since the valuation before, less what was paid out. */
  readonly deposits: number;
  readonly causes: readonly MarginCallCause[];
  readonly required: number;
  readonly equity: number;
  readonly snapshotId: string;
  readonly rulesVersion: string;
  readonly accountVersion: number;
  /** Null for what a valuation found. */
  readonly author: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
}

/** Where a call is: unmet calls are OVERDUE or, until they are, OPEN. */
export const MARGIN_CALL_STATUSES = ['OPEN', 'OVERDUE', 'WAIVED', 'MET'] as const;
export type MarginCallStatus = (typeof MARGIN_CALL_STATUSES)[number];
