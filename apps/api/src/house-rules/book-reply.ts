import type { AccountGroup, BookEntry, BookRule, HouseRuleBook, RuleHistory, RuleTerms } from '@app/rules';
import { type AuditEntry, bookEntry } from '@app/store';
import type {
  AccountGroupDto,
  ChangeDto,
  DecisionDto,
  HouseRuleHistoryDto,
  RulePeriodDto,
  RuleState,
  StoredHouseRuleDto,
  WrittenChangeDto,
} from './house-rule-reply.dto.js';

/** A change of the book as it is by now: of a proposal, with what was decided. */
export function changeReply(entry: BookEntry, { decisions }: Pick<HouseRuleBook, 'decisions'>): ChangeDto {
  const { sequence, at, authorKey, author, reason, change } = entry;
  const decided = decisions.get(sequence);
  const decision: DecisionDto | null =
    decided === undefined
      ? null
      : {
          outcome: decided.outcome,
          ...{ sequence: decided.entry.sequence, at: decided.entry.at },
          ...{ author: decided.entry.author, reason: decided.entry.reason },
        };
  const { act, subject, content } = change;
  return {
    sequence,
    at,
    act,
    subject,
    state: decided?.outcome ?? entry.state,
    authorKey,
    author,
    reason,
    content,
    decision,
  };
}

/** A change just written: nobody has decided about it yet. */
export function writtenChangeReply(entry: AuditEntry): WrittenChangeDto {
  const { previousHash, hash } = entry;
  return { ...changeReply(bookEntry(entry), { decisions: new Map() }), previousHash, hash };
}

/**
 * A rule on a date, or where none is given by its last period. Undefined where it was not in force on that date, and for
 * a rule of a pack that was switched off before it began.
 */
export function ruleReply(
  history: RuleHistory,
  { decisions }: HouseRuleBook,
  asOf: string | undefined,
): StoredHouseRuleDto | undefined {
  const { ruleId, pieces, changes } = history;
  const onDate = pieces.find((piece) => asOf !== undefined && isOn(piece, asOf));
  const isGone = asOf === undefined ? pieces.length + changes.length === 0 : onDate === undefined;
  if (isGone) return undefined;
  const piece: Partial<BookRule> | undefined = onDate ?? pieces.at(-1);
  const terms = (piece ?? createdTerms(changes)) as RuleTerms;
  return {
    ruleId,
    version: changes.length,
    state: stateOf(history, decisions),
    ...{ scope: terms.scope, groupId: terms.groupId, accountId: terms.accountId },
    ...{ productClass: terms.productClass, classGroup: terms.classGroup, symbol: terms.symbol },
    parameter: terms.parameter,
    ...period(terms),
    pack: piece?.pack ?? null,
  };
}

export function ruleHistoryReply(history: RuleHistory, book: HouseRuleBook): HouseRuleHistoryDto | undefined {
  const rule = ruleReply(history, book, undefined);
  if (rule === undefined) return undefined;
  return {
    ...rule,
    periods: history.pieces.map(period),
    changes: history.changes.map((entry) => changeReply(entry, book)),
  };
}

export function groupReply({ groupId, name, members, changes }: AccountGroup): AccountGroupDto {
  return { id: groupId, name, version: changes.length, members: [...members].sort() };
}

function period({ value, effectiveFrom, effectiveTo }: RuleTerms): RulePeriodDto {
  return { value, effectiveFrom, effectiveTo };
}

function isOn({ effectiveFrom, effectiveTo }: BookRule, date: string): boolean {
  return effectiveFrom <= date && (effectiveTo === null || date <= effectiveTo);
}

/** A rule that is not in the book, proposed or withdrawn, as it was created. */
function createdTerms([{ change }]: readonly BookEntry[]): RuleTerms {
  if (change.act !== 'rule.create')
    throw new Error(`the history of rule ${change.subject} does not begin with its creation`);
  return change.content;
}

function stateOf({ pieces, changes }: RuleHistory, decisions: HouseRuleBook['decisions']): RuleState {
  if (pieces.length > 0) return 'IN_FORCE';
  const [creation] = changes;
  if (creation?.state !== 'PROPOSED') return 'WITHDRAWN';
  const outcome = decisions.get(creation.sequence)?.outcome;
  if (outcome === undefined) return 'PROPOSED';
  return outcome === 'REJECTED' ? 'REJECTED' : 'WITHDRAWN';
}
