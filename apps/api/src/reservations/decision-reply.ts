import { type Cents, centsText } from '@app/portfolio';
import { CommonText, decisionText, type DecisionText } from '@app/store';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import type { Base } from '../what-if/base.js';
import { moneyChange, moneyChangeText } from '../what-if/money-change.js';
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

/** The gate's answer as it is stored and sent: what `GateDecisionDto` says, in that order. Amounts and ids need no escapes. */
export function decisionReply(decided: Decided): DecisionText {
  const { id, checked, base, validUntil, now } = decided;
  const { before, after } = checked;
  return decisionText`{
    "id":"${id}",
    "accountId":${JSON.stringify(base.account.id)},
    "decision":"${checked.decision}",
    "reasons":${reasonsText(checked)},
    "riskReducing":${String(checked.riskReducing)},
    "methodology":"${base.account.methodology}",
    "validUntil":${validUntil === null ? 'null' : validText(validUntil)},
    "held":"${centsText(validUntil === null ? 0 : checked.heldCents)}",
    "requirement":${changeText(before.requirement, after.requirement)},
    "equity":${changeText(before.equity, after.equity)},
    "excess":${changeText(before.equity - before.requirement, after.equity - after.requirement)},
    "proof":"${checked.proof}"${worstText(decided)},
    "reservation":${validUntil === null ? 'null' : reservationText(decided)},
    "decidedAt":${decidedText(now)},
    "provenance":${provenance(decided)}
  }`;
}

function reasonsText({ reasons }: Decided['checked']): string {
  const told: GateDecisionDto['reasons'] = reasons.map((reason) => ({
    ...reason,
    shortfall: reason.shortfall === null ? null : centsText(reason.shortfall),
  }));
  return JSON.stringify(told);
}

/** Writes a time as JSON, many decisions of the same time once. */
function timeTexts(): (milliseconds: number) => string {
  let known = NaN;
  let text = '';
  return (milliseconds) => {
    if (milliseconds !== known) {
      known = milliseconds;
      text = `"${new Date(milliseconds).toISOString()}"`;
    }
    return text;
  };
}

const decidedText = timeTexts();
const validText = timeTexts();

function changeText(before: Cents, after: Cents): string {
  return moneyChangeText(moneyChange(before, after));
}

function worstText({ ask, worst }: Decided): string {
  return ask.request.include?.includes('worstFill') ? `,"worstFill":${JSON.stringify(worst())}` : '';
}

function reservationText({ id, ask }: Decided): string {
  const told: GateDecisionDto['reservation'] = {
    ...{ id, state: 'WORKING', replaces: ask.replaces },
    orders: ask.orders.map((order) => orderLine(order, order.orderQty)),
    links: linkLines(ask.linked),
  };
  return JSON.stringify(told);
}

const PROVENANCES = new WeakMap<Base, { readonly ruleSetVersion: string; readonly text: CommonText }>();

/** The same for all decisions about one state of an account. */
function provenance({ base, ruleSetVersion }: Decided): CommonText {
  const known = PROVENANCES.get(base);
  if (known?.ruleSetVersion === ruleSetVersion) return known.text;
  const told: GateDecisionDto['provenance'] = {
    ...{ snapshotId: base.snapshotId, asOf: base.market.asOf, ruleSetVersion },
    ...{ positionsVersion: String(base.account.version), engineVersion: ENGINE_VERSION },
  };
  const text = new CommonText(JSON.stringify(told));
  PROVENANCES.set(base, { ruleSetVersion, text });
  return text;
}
