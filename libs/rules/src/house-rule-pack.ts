import type { CalendarDate } from '@app/market';
import type { HouseRule, HouseRuleScope } from './house-rule.js';

/** A published rule of a broker: what it sets, and where it is published. */
export interface PackRule extends Pick<HouseRule, 'productClass' | 'classGroup' | 'symbol' | 'parameter' | 'value'> {
  readonly citation: string;
}

/** What a broker publishes and no parameter can say. */
export interface UnexpressedRule {
  readonly published: string;
  readonly why: string;
}

/** A broker's published house rules, to be switched on as they are or taken as an example. */
export interface HouseRulePack {
  readonly name: string;
  readonly title: string;
  readonly rules: readonly PackRule[];
  readonly unexpressed: readonly UnexpressedRule[];
}

/** A rule on everything, but for the target given. */
export function packRule(
  parameter: HouseRule['parameter'],
  value: HouseRule['value'],
  citation: string,
  target: Partial<Pick<HouseRule, 'productClass' | 'classGroup' | 'symbol'>> = {},
): PackRule {
  return { productClass: null, classGroup: null, symbol: null, ...target, parameter, value, citation };
}

/** The rules of a pack, in force from a day on. */
export function rulesOfPack(
  { name, rules }: HouseRulePack,
  scope: HouseRuleScope,
  effectiveFrom: CalendarDate,
): readonly HouseRule[] {
  return rules.map(({ citation: _, ...rule }, index) => ({
    ...rule,
    ruleId: `${name}.${index + 1}`,
    scope,
    effectiveFrom,
    effectiveTo: null,
    pack: name,
  }));
}
