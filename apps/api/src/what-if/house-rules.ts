import { conflictingRules, type HouseRule, houseRuleFaults } from '@app/rules';
import { fieldSymbol } from '../fields/symbol.js';
import type { FieldFaults } from './field-faults.js';
import type { HouseRuleDto } from './what-if.dto.js';

const FIRST_DAY = '0001-01-01';

/** House rules given with a question; values out of bounds and rules that contradict each other go to `faults`. */
export function houseRulesFromDto(rules: readonly HouseRuleDto[], faults: FieldFaults): HouseRule[] {
  const houseRules = rules.map((rule, index) => houseRule(rule, index, faults));
  faults.unique('/houseRules', houseRules, ({ ruleId }) => ruleId, 'ruleId');
  for (const [, second] of conflictingRules(houseRules)) {
    const index = houseRules.indexOf(second);
    faults.add(
      `/houseRules/${index}`,
      'house_rule.conflict',
      'An earlier rule sets the same number for the same target on the same days.',
    );
  }
  return houseRules;
}

function houseRule(rule: HouseRuleDto, index: number, faults: FieldFaults): HouseRule {
  const { parameter, value, effectiveFrom = FIRST_DAY, effectiveTo = null } = rule;
  const houseRule: HouseRule = {
    ruleId: rule.ruleId ?? `houseRules.${index}`,
    scope: rule.scope ?? 'FIRM',
    productClass: rule.productClass ?? null,
    classGroup: rule.classGroup ?? null,
    symbol: rule.symbol === undefined ? null : fieldSymbol(rule.symbol),
    parameter,
    value,
    effectiveFrom,
    effectiveTo,
    pack: null,
  };
  for (const { pointer, code, detail } of houseRuleFaults(houseRule)) {
    faults.add(`/houseRules/${index}${pointer}`, code, detail);
  }
  return houseRule;
}
