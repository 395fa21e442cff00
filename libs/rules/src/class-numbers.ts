import type { ProductClass } from '@app/market';
import { type AppliedRule, byParameter } from './applied-rule.js';
import { bookClassNumbers, type ClassRules, classRules } from './class-rules.js';
import { memo, once } from './memo.js';
import { appliedSlot, bySlot, isChanged, numbersInForce } from './numbers-in-force.js';
import type { RegulatoryRules } from './regulatory-rules.js';
import { bindsClass, type RuleIndex } from './rule-index.js';

/** What a rule book asks of each product class. */
export const bookOfClass = memo((book: RegulatoryRules) =>
  memo((productClass: ProductClass) => {
    const numbers = bookClassNumbers(book, productClass);
    const applied = numbers.map((number) => number.applied);
    return { numbers, applied, rules: classRules(book, applied) };
  }),
);

/** The numbers of a class group and who set each. */
export interface ClassNumbers {
  readonly rules: ClassRules;
  readonly applied: readonly AppliedRule[];
}

/** The class groups no rule names share the numbers of their product class. */
export function classNumbers(
  book: RegulatoryRules,
  index: RuleIndex,
): (productClass: ProductClass) => (classGroup: string) => ClassNumbers {
  return memo((productClass: ProductClass) => {
    const regulatory = bookOfClass(book)(productClass);
    const general = index.anyClassGroup.filter((rule) => bindsClass(rule, productClass));
    const generalSlots = bySlot(general);
    const numbers = (applied: readonly AppliedRule[]): ClassNumbers => ({
      rules: isChanged(applied) ? classRules(book, applied) : regulatory.rules,
      applied,
    });
    const generalNumbers = once(() => numbers(numbersInForce(general, regulatory.numbers)));
    return memo((classGroup: string) => {
      const own = index.ofClassGroup(classGroup).filter((rule) => bindsClass(rule, productClass));
      if (own.length === 0) return generalNumbers();
      // Only what the class group's own rules set is decided anew; the other lines stay the very same objects.
      const slots = bySlot(own);
      const rivals = [...slots].flatMap(([slot, rules]) => [...rules, ...(generalSlots.get(slot) ?? [])]);
      const decided = numbersInForce(rivals, regulatory.numbers);
      const kept = generalNumbers().applied.filter((rule) => !slots.has(appliedSlot(rule)));
      const changed = decided.filter((rule) => slots.has(appliedSlot(rule)));
      return numbers([...kept, ...changed].sort(byParameter));
    });
  });
}
