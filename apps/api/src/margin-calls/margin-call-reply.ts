import { centsText } from '@app/portfolio';
import { type MarginCall, type MarginCallEvent, marginCallStatus } from '@app/store';
import type { MarginCallDto, MarginCallEventDto } from './margin-call.dto.js';

/** A call in the contract's form. */
export function marginCallReply(call: MarginCall): MarginCallDto {
  const { id, accountId, desk, kind, openedOn, dueOn, closedOn, metBy, snapshotId, version } = call;
  return {
    ...{ id, accountId, desk, kind, status: marginCallStatus(call) },
    amount: centsText(call.amount),
    openedAmount: centsText(call.openedAmount),
    required: centsText(call.required),
    equity: centsText(call.equity),
    ...{ openedOn, dueOn, closedOn, metBy, snapshotId },
    asOf: call.asOf.toISOString(),
    ruleSetVersion: call.rulesVersion,
    positionsVersion: String(call.accountVersion),
    version,
  };
}

export function callEventReply(event: MarginCallEvent): MarginCallEventDto {
  const { number, type, happenedOn, dueOn, causes, snapshotId, author, reason } = event;
  return {
    ...{ number, type, happenedOn },
    amount: centsText(event.amount),
    dueOn,
    deposits: centsText(event.deposits),
    causes,
    required: centsText(event.required),
    equity: centsText(event.equity),
    snapshotId,
    ruleSetVersion: event.rulesVersion,
    positionsVersion: String(event.accountVersion),
    ...{ author, reason },
    createdAt: event.createdAt.toISOString(),
  };
}
