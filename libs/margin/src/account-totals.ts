import { type Cents, profitCents } from '@app/portfolio';
import type { EffectiveRules } from '@app/rules';
import { grossValue } from './add-ons.js';
import type { ClassGroup } from './class-group-after.js';
import { isEquityBound } from './class-group.js';
import { profitAt } from './class-sums.js';
import type { ProductGroup } from './product-group.js';

/** What an account is in sum over its class groups, in whole cents: what changes is taken away and added, exactly. */
export interface AccountTotals {
  /** Class groups that stand alone, and groups. */
  readonly requirement: Cents;
  readonly regulatoryRequirement: Cents;
  /** Market value of everything held, long and short. */
  readonly grossValue: Cents;
  /** Loss at each portfolio stress limit: every class group's on its own worse side. */
  readonly portfolioStress: readonly Cents[];
  /** Loss at each beta-weighted limit, − for a gain. */
  readonly betaStress: readonly Cents[];
  /** Class groups whose requirement depends on equity, and those with stress limits of their own. */
  readonly equityBound: number;
  readonly stressLimited: number;
}

export function noTotals({ account }: EffectiveRules): AccountTotals {
  return {
    ...{ requirement: 0, regulatoryRequirement: 0, grossValue: 0, equityBound: 0, stressLimited: 0 },
    portfolioStress: account.portfolioStress.map(() => 0),
    betaStress: account.betaStress.map(() => 0),
  };
}

/** Totals that groups are being added to and taken from. */
export type TotalsInWork = {
  -readonly [Name in keyof AccountTotals]: AccountTotals[Name] extends number ? number : Cents[];
};

export function totalsInWork(totals: AccountTotals): TotalsInWork {
  return {
    ...totals,
    portfolioStress: [...totals.portfolioStress],
    betaStress: [...totals.betaStress],
  };
}

/** Adds a class group (`sign` 1), or takes it away (−1). */
export function addClassGroup(totals: TotalsInWork, group: ClassGroup, isAlone: boolean, sign: 1 | -1): void {
  const { plan, sums, inForce, regulatory } = group;
  if (isAlone) {
    totals.requirement += sign * inForce.requirement;
    totals.regulatoryRequirement += sign * regulatory.requirement;
  }
  totals.grossValue += sign * profitCents(grossValue(plan, sums));
  totals.equityBound += sign * Number(isEquityBound(plan));
  totals.stressLimited += sign * Number(plan.classStress.length > 0);
  const loss = (place: number): Cents => -profitCents(profitAt(sums, place));
  for (let i = 0; i < totals.portfolioStress.length; i++) {
    totals.portfolioStress[i] += sign * Math.max(0, ...plan.portfolioStress[i].map(loss));
  }
  for (let i = 0; i < totals.betaStress.length; i++) totals.betaStress[i] += sign * loss(plan.betaStress[i]);
}

export function addProductGroup(totals: TotalsInWork, { inForce, regulatory }: ProductGroup, sign: 1 | -1): void {
  totals.requirement += sign * inForce.requirement;
  totals.regulatoryRequirement += sign * regulatory.requirement;
}
