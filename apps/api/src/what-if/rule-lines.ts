import type { ClassGroup } from '@app/margin';
import type { EffectiveRules } from '@app/rules';
import type { AppliedRuleDto } from './what-if-reply.dto.js';

/** One line a number, however many class groups it governs: a book of forty class groups has a handful of numbers. */
export function ruleLines(
  groups: readonly Pick<ClassGroup, 'classGroup' | 'productClass'>[],
  rules: EffectiveRules,
): AppliedRuleDto[] {
  const lines = new Map<string, AppliedRuleDto & { classGroups: string[] }>();
  for (const { classGroup, productClass } of groups) {
    for (const rule of rules.applied(classGroup, productClass)) {
      const key = `${rule.parameter} ${rule.value} ${rule.ruleId} ${rule.citation}`;
      const known = lines.get(key);
      if (known === undefined) lines.set(key, { ...rule, classGroups: [classGroup] });
      else known.classGroups.push(classGroup);
    }
  }
  return [...lines.values()];
}
