import { readFileSync } from 'node:fs';
import { conflictingRules, type HouseRule, houseRuleFaults, type UncheckedHouseRule } from '@app/rules';
import { UsageError } from './command.js';

const FIRST_DAY = '0001-01-01';

/** The house rules of a file: a JSON list. @throws UsageError naming every rule that cannot be meant. */
export function rulesFile(path: string): readonly HouseRule[] {
  const rules = read(path).map(completed);
  const faults = rules.flatMap((rule, index) =>
    houseRuleFaults(rule).map(({ pointer, detail }) => `rule ${index + 1}, ${pointer || 'as a whole'}: ${detail}`),
  );
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  const conflicts = conflictingRules(rules as readonly HouseRule[]);
  if (conflicts.length > 0) throw new UsageError('Two rules set the same number for the same target on the same days.');
  return rules as readonly HouseRule[];
}

function read(path: string): readonly Partial<UncheckedHouseRule>[] {
  try {
    const content = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    if (Array.isArray(content)) return content as readonly Partial<UncheckedHouseRule>[];
  } catch (error) {
    throw new UsageError(`The rules cannot be read: ${(error as Error).message}`);
  }
  throw new UsageError('The rules must be a JSON list.');
}

function completed(rule: Partial<UncheckedHouseRule> | null, index: number): UncheckedHouseRule {
  const given = rule ?? {};
  return {
    ruleId: given.ruleId ?? `rules.${index}`,
    scope: 'FIRM',
    productClass: given.productClass ?? null,
    classGroup: given.classGroup ?? null,
    symbol: given.symbol ?? null,
    parameter: given.parameter ?? '',
    value: given.value,
    effectiveFrom: given.effectiveFrom ?? FIRST_DAY,
    effectiveTo: given.effectiveTo ?? null,
    pack: null,
  };
}
