import { type Cents, centsText, requirementCents } from '@app/portfolio';
import type { Violation } from './violations.js';

export type Decision = 'ACCEPT' | 'REJECT';

export interface Reason {
  readonly code:
    | 'limit.excess_exceeded'
    | 'limit.initial_exceeded'
    | 'risk_reducing.accepted_in_deficit'
    | 'risk_reducing.accepted_in_violation'
    | 'margin_call.overdue'
    | 'answer.incomplete'
    | Violation['code'];
  /** A sentence for a trader. */
  readonly detail: string;
  /**
   * How much equity is missing after the orders, or to meet the call, or dollars over a limit, > 0; null where a limit
   * is not in dollars.
   */
  readonly shortfall: Cents | null;
  /** The margin call that is overdue. */
  readonly marginCallId?: string;
  /** The house rule that decided. */
  readonly ruleId?: string;
  /** The class group or symbol a limit is about. */
  readonly subject?: string;
}

export interface Judgement {
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
  /** The orders lower the requirement. */
  readonly riskReducing: boolean;
}

interface Standing {
  readonly requirement: Cents;
  readonly equity: Cents;
}

/** What a house asks beyond the requirement. */
export interface HouseStanding {
  /** What orders that add risk must be covered for after them, ≥ the requirement, and the rule that says so. */
  readonly initial: Cents;
  readonly initialRuleId: string | null;
  readonly violationsBefore: readonly Violation[];
  readonly violationsAfter: readonly Violation[];
}

/**
 * Orders pass where equity covers the requirement after them. An account already short may still send what lowers
 * its requirement, as long as that does not deepen the deficit (FINRA 4210(g)(10)(A): in deficit, only
 * risk-reducing orders). A limit of the house refuses what breaks it or makes it worse; an account that breaks one
 * already may send what lowers its requirement.
 */
export function judgement(before: Standing, after: Standing, house?: HouseStanding): Judgement {
  const riskReducing = after.requirement < before.requirement;
  const reasons = [coverage(before, after, riskReducing, house), ...limits(riskReducing, house)].filter(
    (reason) => reason !== undefined,
  );
  const refused = reasons.some(({ code }) => !code.startsWith('risk_reducing.'));
  return { decision: refused ? 'REJECT' : 'ACCEPT', reasons, riskReducing };
}

function coverage(
  before: Standing,
  after: Standing,
  riskReducing: boolean,
  house: HouseStanding | undefined,
): Reason | undefined {
  const excessBefore = before.equity - before.requirement;
  const excess = after.equity - after.requirement;
  if (excess < 0) {
    const shortfall = -excess;
    // Excess is negative here, so `excess >= excessBefore` says that it was before as well.
    if (riskReducing && excess >= excessBefore) {
      const detail = `The account stays ${centsText(shortfall)} short, but the orders lower its requirement and do not deepen the deficit.`;
      return { code: 'risk_reducing.accepted_in_deficit', detail, shortfall };
    }
    const detail = `The requirement after the orders would exceed equity by ${centsText(shortfall)}.`;
    return { code: 'limit.excess_exceeded', detail, shortfall };
  }
  if (house === undefined || riskReducing || after.equity >= house.initial) return undefined;
  const shortfall = house.initial - after.equity;
  const detail = `The initial requirement after the orders would exceed equity by ${centsText(shortfall)}.`;
  const { initialRuleId } = house;
  return {
    code: 'limit.initial_exceeded',
    detail,
    shortfall,
    ...(initialRuleId !== null && { ruleId: initialRuleId }),
  };
}

function limits(riskReducing: boolean, house: HouseStanding | undefined): readonly Reason[] {
  if (house === undefined || house.violationsAfter.length === 0) return [];
  const old = new Map(house.violationsBefore.map((violation) => [keyOf(violation), violation]));
  return house.violationsAfter.map((violation) => {
    const { code, detail, ruleId, excess, isMoney } = violation;
    const about = { ruleId, ...(violation.subject !== null && { subject: violation.subject }) };
    const isWorse = excess > (old.get(keyOf(violation))?.excess ?? 0);
    const shortfall = isMoney ? (requirementCents(excess) ?? null) : null;
    if (!riskReducing || isWorse) return { code, detail, shortfall, ...about };
    const accepted = 'A limit stays exceeded, but the orders lower the requirement and do not make it worse.';
    return { code: 'risk_reducing.accepted_in_violation', detail: accepted, shortfall, ...about };
  });
}

function keyOf({ code, subject, ruleId }: Violation): string {
  return `${code} ${subject} ${ruleId}`;
}
