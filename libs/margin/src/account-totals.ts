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

/** Totals with a class group added (`sign` 1) or taken away (−1). */
export function totalsWith(totals: AccountTotals, group: ClassGroup, isAlone: boolean, sign: 1 | -1): AccountTotals {
  const { plan, sums, inForce, regulatory } = group;
  const loss = (place: number): Cents => -profitCents(profitAt(sums, place));
  return {
    requirement: totals.requirement + (isAlone ? sign * inForce.requirement : 0),
    regulatoryRequirement: totals.regulatoryRequirement + (isAlone ? sign * regulatory.requirement : 0),
    grossValue: totals.grossValue + sign * profitCents(grossValue(plan, sums)),
    portfolioStress: totals.portfolioStress.map(
      (sum, i) => sum + sign * Math.max(0, ...plan.portfolioStress[i].map(loss)),
    ),
    betaStress: totals.betaStress.map((sum, i) => sum + sign * loss(plan.betaStress[i])),
    equityBound: totals.equityBound + sign * Number(isEquityBound(plan)),
    stressLimited: totals.stressLimited + sign * Number(plan.classStress.length > 0),
  };
}

export function totalsWithGroup(
  totals: AccountTotals,
  { inForce, regulatory }: ProductGroup,
  sign: 1 | -1,
): AccountTotals {
  return {
    ...totals,
    requirement: totals.requirement + sign * inForce.requirement,
    regulatoryRequirement: totals.regulatoryRequirement + sign * regulatory.requirement,
  };
}
