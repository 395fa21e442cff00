import { OBEYED_PARAMETERS } from '@app/margin';
import { HOUSE_RULE_PACKS, type HouseRuleBook, type HouseRulePack, rulesOfPack } from '@app/rules';
import { notComputable, notFound } from '../problems.js';
import { unchanged } from './book-problems.js';
import type { SwitchPackDto } from './house-rule.dto.js';
import type { HouseRulePackDto } from './house-rule-pack.dto.js';
import type { Making } from './rule-changes.js';

/** @throws Problem 404 for a pack there is none of, 422 for one with a number that is not computed with. */
export function packSwitch(name: string, { enabled, effectiveFrom }: SwitchPackDto, today: string): Making {
  const pack = HOUSE_RULE_PACKS.find((each) => each.name === name);
  if (pack === undefined) throw notFound();
  if (enabled) refuseUnobeyed(pack);
  const from = effectiveFrom ?? today;
  return (book) => {
    if ((book.packs.get(name)?.enabled ?? false) === enabled) throw unchanged();
    const rules = enabled ? rulesOfPack(pack, 'FIRM', from) : [];
    const content = {
      ...{ enabled, effectiveFrom: from },
      rules: rules.map((rule) => ({ ...rule, groupId: null, accountId: null })),
    };
    return { act: 'pack.switch', subject: name, content };
  };
}

function refuseUnobeyed({ rules }: HouseRulePack): void {
  const obeyed = new Set<string>(OBEYED_PARAMETERS);
  const unobeyed = [...new Set(rules.map(({ parameter }) => parameter).filter((parameter) => !obeyed.has(parameter)))];
  if (unobeyed.length === 0) return;
  const code = 'pack.parameter_not_computed';
  const errors = unobeyed.map((parameter) => ({ pointer: '', code, detail: `${parameter} is not computed with yet.` }));
  throw notComputable(code, 'The pack sets numbers that the requirement is not computed with.', errors);
}

export function packReply({ name, title, rules, unexpressed }: HouseRulePack, book: HouseRuleBook): HouseRulePackDto {
  return {
    ...{ name, title, enabled: book.packs.get(name)?.enabled ?? false },
    rules: rules.map((rule, index) => ({ ruleId: `${name}.${index + 1}`, ...rule })),
    unexpressed: unexpressed.map(({ published, why }) => ({ published, why })),
  };
}
