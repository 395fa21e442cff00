import { conflictingRules, type HouseRule, PARAMETER_DEFINITIONS } from '@app/rules';
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
  const { least, most, unit } = PARAMETER_DEFINITIONS[parameter];
  if (value < least || value > most) {
    faults.add(`/houseRules/${index}/value`, 'house_rule.out_of_bounds', `Must be from ${least} to ${most} (${unit}).`);
  }
  if (effectiveTo !== null && effectiveTo < effectiveFrom) {
    faults.add(`/houseRules/${index}/effectiveTo`, 'house_rule.ends_before_start', 'Must not be before effectiveFrom.');
  }
  return {
    ruleId: rule.ruleId ?? `houseRules.${index}`,
    scope: rule.scope ?? 'FIRM',
    productClass: rule.productClass ?? null,
    classGroup: rule.classGroup ?? null,
    parameter,
    value,
    effectiveFrom,
    effectiveTo,
  };
}
