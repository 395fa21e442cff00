import type { ClassGroup, Holding } from '@app/margin';
import type { AppliedRule, EffectiveRules } from '@app/rules';
import type { AppliedRuleDto } from './what-if-reply.dto.js';

/**
 * One line a number, however many class groups it governs: a book of forty class groups has a handful of numbers. Those
 * of the account as a whole come last.
 */
export function ruleLines(
  groups: readonly Pick<ClassGroup, 'classGroup' | 'productClass' | 'productGroup' | 'portfolioGroup'>[],
  rules: EffectiveRules,
): AppliedRuleDto[] {
  const governed = new Map<AppliedRule, string[]>();
  for (const { classGroup, productClass } of groups) {
    for (const rule of rules.applied(classGroup, productClass)) {
      const known = governed.get(rule);
      if (known === undefined) governed.set(rule, [classGroup]);
      else known.push(classGroup);
    }
  }
  // Offsets say nothing where nothing combines.
  const combines = groups.some(({ productGroup, portfolioGroup }) => (productGroup ?? portfolioGroup) !== null);
  const ofAccount = rules.appliedAccount
    .filter(({ source }) => source === 'house' || combines)
    .map((rule) => ({ ...rule, classGroups: [] }));
  return [...[...governed].map(([rule, classGroups]) => ({ ...rule, classGroups })), ...ofAccount];
}

/** House rules on the symbols traded, each once with the symbols it sets a number of. */
export function symbolLines(rules: EffectiveRules, traded: readonly Holding[]): AppliedRuleDto[] {
  if (!rules.bindsSymbols) return [];
  const lines = new Map<string, AppliedRuleDto & { readonly symbols: string[] }>();
  const bySymbol = new Map(traded.map((line) => [line.position.symbol, line.underlying]));
  for (const [symbol, { symbol: underlying, classGroup, productClass }] of bySymbol) {
    for (const rule of rules.appliedSymbol(symbol, underlying, classGroup, productClass)) {
      const key = `${rule.parameter} ${rule.ruleId}`;
      const known = lines.get(key);
      if (known === undefined) lines.set(key, { ...rule, classGroups: [], symbols: [symbol] });
      else known.symbols.push(symbol);
    }
  }
  return [...lines.values()];
}
