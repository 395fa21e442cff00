import { randomUUID } from 'node:crypto';
import { type BookChange, type HouseRuleBook, houseRuleFaults, type RuleHistory, type RuleTerms } from '@app/rules';
import { requireVersion } from '../accounts/if-match.js';
import { fieldSymbol } from '../fields/symbol.js';
import { notFound } from '../problems.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { notInBook, ofPack, unchanged } from './book-problems.js';
import type { AmendHouseRuleDto, EndHouseRuleDto, NewHouseRuleDto } from './house-rule.dto.js';

/** A change made of the book as it stands when it is written. */
export type Making = (book: HouseRuleBook) => BookChange;

/** @throws Problem 400 with every fault of the rule. */
export function creation(request: NewHouseRuleDto, today: string): Making {
  const { scope, parameter, value, effectiveFrom = today } = request;
  const content: RuleTerms = {
    ...{ scope, groupId: request.groupId ?? null, accountId: request.accountId ?? null },
    productClass: request.productClass ?? null,
    classGroup: request.classGroup ?? null,
    symbol: request.symbol == null ? null : fieldSymbol(request.symbol),
    ...{ parameter, value, effectiveFrom, effectiveTo: request.effectiveTo ?? null },
  };
  const faults = new FieldFaults();
  for (const { pointer, code, detail } of termFaults(content)) faults.add(pointer, code, detail);
  judgeScope(content, faults);
  faults.throwIfAny();
  const subject = randomUUID();
  return (book) => {
    if (content.groupId !== null && !book.groups.has(content.groupId)) {
      faults.add('/groupId', 'group.unknown', 'There is no group of accounts with this id.');
      faults.throwIfAny();
    }
    return { act: 'rule.create', subject, content };
  };
}

function termFaults(terms: RuleTerms) {
  return houseRuleFaults({ ...terms, ruleId: '', pack: null });
}

function judgeScope({ scope, groupId, accountId }: RuleTerms, faults: FieldFaults): void {
  for (const [member, value, of] of [
    ['groupId', groupId, 'GROUP'],
    ['accountId', accountId, 'ACCOUNT'],
  ] as const) {
    if ((value !== null) === (scope === of)) continue;
    const detail = scope === of ? `Must be given with scope ${of}.` : `Must be absent but with scope ${of}.`;
    faults.add(`/${member}`, 'house_rule.wrong_scope', detail);
  }
}

/** The rule as it may be changed. @throws Problem 404, 409 for a rule that is not in the book, 428, 400, 412. */
function changeable(book: HouseRuleBook, ruleId: string, ifMatch: string | undefined): RuleHistory {
  const history = book.rules.get(ruleId);
  if (history === undefined) throw notFound();
  if (history.changes.length === 0) throw ofPack();
  requireVersion(ifMatch, history.changes.length);
  if (history.pieces.length === 0) throw notInBook();
  return history;
}

export function amendment(
  ruleId: string,
  ifMatch: string | undefined,
  request: AmendHouseRuleDto,
  today: string,
): Making {
  const { value, effectiveFrom = today, effectiveTo = null } = request;
  return (book) => {
    const { pieces } = changeable(book, ruleId, ifMatch);
    const content = { value, effectiveFrom, effectiveTo };
    const faults = new FieldFaults();
    for (const { pointer, code, detail } of termFaults({ ...pieces[0], ...content })) faults.add(pointer, code, detail);
    faults.throwIfAny();
    return { act: 'rule.amend', subject: ruleId, content };
  };
}

export function ending(ruleId: string, ifMatch: string | undefined, { effectiveTo }: EndHouseRuleDto): Making {
  return (book) => {
    const { pieces } = changeable(book, ruleId, ifMatch);
    if (effectiveTo < pieces[0].effectiveFrom) {
      const faults = new FieldFaults();
      faults.add(
        '/effectiveTo',
        'house_rule.ends_before_start',
        'Must not be before its first day: withdraw it instead.',
      );
      faults.throwIfAny();
    }
    const last = pieces[pieces.length - 1].effectiveTo;
    if (last !== null && last <= effectiveTo) throw unchanged();
    return { act: 'rule.end', subject: ruleId, content: { effectiveTo } };
  };
}

export function withdrawal(ruleId: string, ifMatch: string | undefined): Making {
  return (book) => {
    changeable(book, ruleId, ifMatch);
    return { act: 'rule.withdraw', subject: ruleId, content: {} };
  };
}
