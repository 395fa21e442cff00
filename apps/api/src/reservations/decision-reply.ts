import { type AccountMargin, isGaps, worstFill } from '@app/margin';
import { centsText } from '@app/portfolio';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { moneyChange } from '../what-if/money-change.js';
import type { Base } from '../what-if/base.js';
import { gapProblem } from '../what-if/gap-problem.js';
import { linkLines } from '../what-if/linked-orders.js';
import { worstFillReply } from '../what-if/worst-fill-reply.js';
import type { Checked, CheckedAccount } from './check.js';
import type { Ask } from './ask.js';
import type { GateDecisionDto } from './decision.dto.js';
import { orderLine } from './reservation-reply.js';

export interface Decided {
  readonly id: string;
  readonly ask: Ask;
  readonly checked: Checked;
  readonly account: CheckedAccount;
  readonly base: Base;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Null: refused. */
  readonly validUntil: number | null;
}

/** The gate's answer as it is stored and sent. */
export function decisionReply(decided: Decided): string {
  const { id, ask, checked, base, validUntil, now } = decided;
  const { decision, reasons, riskReducing, before, after, heldCents, proof } = checked;
  const { account, market, snapshotId } = base;
  const reply: GateDecisionDto = {
    id,
    accountId: account.id,
    decision,
    reasons: reasons.map((reason) => ({
      ...reason,
      shortfall: reason.shortfall === null ? null : centsText(reason.shortfall),
    })),
    riskReducing,
    methodology: 'PORTFOLIO_MARGIN',
    validUntil: validUntil === null ? null : new Date(validUntil).toISOString(),
    held: centsText(validUntil === null ? 0 : heldCents),
    requirement: moneyChange(before.requirement, after.requirement),
    equity: moneyChange(before.equity, after.equity),
    excess: moneyChange(excess(before), excess(after)),
    proof,
    ...(ask.request.include?.includes('worstFill') && { worstFill: worstOf(decided) }),
    reservation:
      validUntil === null
        ? null
        : {
            id,
            state: 'WORKING',
            replaces: ask.replaces,
            orders: ask.orders.map((order) => orderLine(order, order.orderQty)),
            links: linkLines(ask.linked),
          },
    decidedAt: new Date(now).toISOString(),
    provenance: {
      ...{ snapshotId, asOf: market.asOf, ruleSetVersion: base.portfolioMargin().context.rules.version },
      ...{ positionsVersion: String(account.version), engineVersion: ENGINE_VERSION },
    },
  };
  return JSON.stringify(reply);
}

function excess({ equity, requirement }: AccountMargin): number {
  return equity - requirement;
}

/** @throws Problem 422 naming what is missing. */
function worstOf({ account, ask }: Decided): GateDecisionDto['worstFill'] {
  const found = worstFill(account.positions, [...account.working(), ...ask.linked], account.context);
  if (isGaps(found)) throw gapProblem(found, ask.request);
  return worstFillReply(found);
}
