import { HOUSE_RULE_PACKS, type HouseRuleBook, type HouseRulePack, rulesOfPack } from '@app/rules';
import { notFound } from '../problems.js';
import { unchanged } from './book-problems.js';
import type { SwitchPackDto } from './house-rule.dto.js';
import type { HouseRulePackDto } from './house-rule-pack.dto.js';
import type { Making } from './rule-changes.js';

/** @throws Problem 404 for a pack there is none of, 422 for one with a number that is not computed with. */
export function packSwitch(name: string, { enabled, effectiveFrom }: SwitchPackDto, today: string): Making {
  const pack = HOUSE_RULE_PACKS.find((each) => each.name === name);
  if (pack === undefined) throw notFound();
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

export function packReply({ name, title, rules, unexpressed }: HouseRulePack, book: HouseRuleBook): HouseRulePackDto {
  return {
    ...{ name, title, enabled: book.packs.get(name)?.enabled ?? false },
    rules: rules.map((rule, index) => ({ ruleId: `${name}.${index + 1}`, ...rule })),
    unexpressed: unexpressed.map(({ published, why }) => ({ published, why })),
  };
}
