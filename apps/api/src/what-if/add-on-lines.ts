import type { AddOn } from '@app/margin';
import type { AppliedRule } from '@app/rules';
import { moneyChange } from './money-change.js';
import type { AddOnDto } from './product-group.dto.js';

/** What house rules ask beyond scan loss and minimum charge, and which rule does; a line for each parameter that adds. */
export function addOnLines(
  before: readonly AddOn[] = [],
  after: readonly AddOn[] = [],
  applied: readonly AppliedRule[],
): readonly AddOnDto[] {
  if (before.length + after.length === 0) return [];
  const parameters = new Set([...before, ...after].map(({ parameter }) => parameter));
  return [...parameters].map((parameter) => {
    const [was, is] = [before, after].map((list) => list.find((addOn) => addOn.parameter === parameter));
    const rule = ruleOf((is ?? was)!, applied);
    return { parameter, ruleId: rule?.ruleId ?? null, amount: moneyChange(was?.amount ?? 0, is?.amount ?? 0) };
  });
}

function ruleOf({ parameter, rate }: AddOn, applied: readonly AppliedRule[]): AppliedRule | undefined {
  return applied.find((rule) => {
    if (rule.parameter !== parameter) return false;
    return rate === null || (typeof rule.value === 'object' && rule.value.rate === rate);
  });
}
