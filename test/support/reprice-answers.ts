import { Decimal } from 'decimal.js';
import type { StoredResult } from '@app/store';
import type { Answer } from './service.js';

const dollars = (cents: string): string => new Decimal(cents).div(100).toFixed(2);

/** What a run and the answer for one account both say of it. */
export interface ComparedMargin {
  readonly methodology: string;
  readonly requirement: string;
  readonly regulatory: string;
  readonly equity: string;
  readonly version: string;
  readonly rules: string;
  readonly groups: readonly object[];
}

/** What a run stored of an account, in the form of the answer for it alone. */
export function shown(result: StoredResult): ComparedMargin {
  return {
    methodology: result.methodology,
    requirement: dollars(result.requirement),
    regulatory: dollars(result.regulatoryRequirement),
    equity: dollars(result.equity),
    version: String(result.accountVersion),
    rules: result.rulesVersion,
    groups: result.worstPriceMoves.map((priceMove, index) => ({
      classGroup: result.classGroups[index],
      requirement: dollars(result.requirements[index]),
      scanLoss: dollars(result.scanLosses[index]),
      minimumCharge: dollars(result.minimumCharges[index]),
      worst: { priceMove, volMove: result.worstVolMoves[index] },
    })),
  };
}

/** The same of what `GET /v1/accounts/{id}/margin` answered. */
export function answered(json: Answer['json']): ComparedMargin {
  const groups = (json.classGroups ?? []) as readonly Record<string, unknown>[];
  return {
    methodology: json.methodology,
    requirement: json.requirement,
    regulatory: json.regulatory?.requirement ?? json.requirement,
    equity: json.equity,
    version: json.provenance.positionsVersion,
    rules: json.provenance.ruleSetVersion,
    groups: groups.map(({ classGroup, requirement, scanLoss, minimumCharge, worst }) => ({
      ...{ classGroup, requirement, scanLoss, minimumCharge, worst },
    })),
  };
}
