import { type Cents, centsText } from '@app/portfolio';

export type Decision = 'ACCEPT' | 'REJECT';

export interface Reason {
  readonly code: 'limit.excess_exceeded' | 'risk_reducing.accepted_in_deficit' | 'margin_call.overdue';
  /** A sentence for a trader. */
  readonly detail: string;
  /** How much equity is missing after the orders, or to meet the call, > 0. */
  readonly shortfall: Cents;
  /** The margin call that is overdue. */
  readonly marginCallId?: string;
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

/**
 * Orders pass where equity covers the requirement after them. An account already short may still send what lowers
 * its requirement, as long as that does not deepen the deficit (FINRA 4210(g)(10)(A): in deficit, only
 * risk-reducing orders).
 */
export function judgement(before: Standing, after: Standing): Judgement {
  const riskReducing = after.requirement < before.requirement;
  const excessBefore = before.equity - before.requirement;
  const excess = after.equity - after.requirement;
  if (excess >= 0) return { decision: 'ACCEPT', reasons: [], riskReducing };
  const shortfall = -excess;
  // Excess is negative here, so `excess >= excessBefore` says that it was before as well.
  if (riskReducing && excess >= excessBefore) {
    const detail = `The account stays ${centsText(shortfall)} short, but the orders lower its requirement and do not deepen the deficit.`;
    return {
      decision: 'ACCEPT',
      reasons: [{ code: 'risk_reducing.accepted_in_deficit', detail, shortfall }],
      riskReducing,
    };
  }
  const detail = `The requirement after the orders would exceed equity by ${centsText(shortfall)}.`;
  return { decision: 'REJECT', reasons: [{ code: 'limit.excess_exceeded', detail, shortfall }], riskReducing };
}
