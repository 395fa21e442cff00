import { type Cents, centsText } from '@app/portfolio';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { moneyChange } from '../what-if/money-change.js';
import type { Base } from '../what-if/base.js';
import { linkLines } from '../what-if/linked-orders.js';
import type { WorstFillDto } from '../what-if/worst-fill.dto.js';
import type { Checked } from './check.js';
import type { Ask } from './ask.js';
import type { GateDecisionDto } from './decision.dto.js';
import { orderLine } from './reservation-reply.js';

/** What is required, and what is there. */
interface Standing {
  readonly requirement: Cents;
  readonly equity: Cents;
}

export interface Decided {
  readonly id: string;
  readonly ask: Ask;
  readonly checked: Pick<Checked, 'decision' | 'reasons' | 'riskReducing' | 'heldCents' | 'proof'> & {
    readonly before: Standing;
    readonly after: Standing;
  };
  readonly base: Base;
  /** The rules that decided. */
  readonly ruleSetVersion: string;
  /** Asked for only where the request does. */
  readonly worst: () => WorstFillDto;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Null: refused. */
  readonly validUntil: number | null;
}

/** The gate's answer as it is stored and sent. */
export function decisionReply(decided: Decided): string {
  const { id, ask, checked, base, ruleSetVersion, validUntil, now } = decided;
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
    methodology: account.methodology,
    validUntil: validUntil === null ? null : new Date(validUntil).toISOString(),
    held: centsText(validUntil === null ? 0 : heldCents),
    requirement: moneyChange(before.requirement, after.requirement),
    equity: moneyChange(before.equity, after.equity),
    excess: moneyChange(excess(before), excess(after)),
    proof,
    worstFill: ask.request.include?.includes('worstFill') ? decided.worst() : undefined,
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
      snapshotId,
      asOf: market.asOf,
      ruleSetVersion,
      positionsVersion: String(account.version),
      engineVersion: ENGINE_VERSION,
    },
  };
  return JSON.stringify(reply);
}

function excess({ equity, requirement }: Standing): Cents {
  return equity - requirement;
}
