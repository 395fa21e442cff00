import { type AccountMargin, type FillCase, isGaps, worstFill } from '@app/margin';
import { centsText } from '@app/portfolio';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { moneyChange } from '../what-if/money-change.js';
import type { Base } from '../what-if/base.js';
import { gapProblem } from '../what-if/gap-problem.js';
import { type Checked, type CheckedAccount, standingAlone } from './check.js';
import type { Ask } from './ask.js';
import type { GateDecisionDto, FillCaseDto } from './decision.dto.js';
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
    worstFill: ask.request.include?.includes('worstFill') ? worstFillReply(decided) : undefined,
    reservation:
      validUntil === null
        ? null
        : {
            id,
            state: 'WORKING',
            replaces: ask.replaces,
            orders: ask.orders.map((order) => orderLine(order, order.orderQty)),
          },
    decidedAt: new Date(now).toISOString(),
    provenance: {
      snapshotId,
      asOf: market.asOf,
      ruleSetVersion: base.portfolioMargin().context.rules.version,
      positionsVersion: String(account.version),
      engineVersion: ENGINE_VERSION,
    },
  };
  return JSON.stringify(reply);
}

function excess({ equity, requirement }: AccountMargin): number {
  return equity - requirement;
}

/** @throws Problem 422 naming what is missing. */
function worstFillReply({ account, ask }: Decided): GateDecisionDto['worstFill'] {
  const orders = [...account.working(), ...ask.orders].map(standingAlone);
  const found = worstFill(account.positions, orders, account.context);
  if (isGaps(found)) throw gapProblem(found, ask.request);
  const { proof, nothing, everything, worst } = found;
  return { proof, nothing: fillCase(nothing), everything: fillCase(everything), worst: fillCase(worst) };
}

function fillCase({ filled, requirement, equity, excess: left }: FillCase): FillCaseDto {
  return { filled, requirement: centsText(requirement), equity: centsText(equity), excess: centsText(left) };
}
