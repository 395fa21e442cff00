import { addDays } from '@app/market';
import type { BookChange, BookRule } from './book-change.js';
import { conflictingRules } from './conflicting-rules.js';
import { bookWith, type HouseRuleBook } from './house-rule-book.js';
import { isLoosening } from './loosening.js';

/** Whose requirement a change can touch: everybody's, or these accounts'. */
export function touchedAccounts(book: HouseRuleBook, change: BookChange): 'ALL' | ReadonlySet<string> {
  const { act, subject, content } = change;
  switch (act) {
    case 'rule.create':
      return boundBy(book, content);
    case 'rule.amend':
    case 'rule.end':
    case 'rule.withdraw': {
      const [piece] = book.rules.get(subject)?.pieces ?? [];
      return piece === undefined ? new Set() : boundBy(book, piece);
    }
    case 'group.members':
      return new Set([...content.add, ...content.remove]);
    case 'pack.switch':
      return 'ALL';
    default:
      return new Set();
  }
}

function boundBy(
  { groups }: HouseRuleBook,
  { groupId, accountId }: Pick<BookRule, 'groupId' | 'accountId'>,
): 'ALL' | ReadonlySet<string> {
  if (accountId !== null) return new Set([accountId]);
  return groupId === null ? 'ALL' : (groups.get(groupId)?.members ?? new Set());
}

/** Pairs of rules that would tie, the one the change makes last. */
export function tiesOf(book: HouseRuleBook, change: BookChange): readonly (readonly [BookRule, BookRule])[] {
  const made = new Set(
    change.act === 'pack.switch' ? change.content.rules.map(({ ruleId }) => ruleId) : [change.subject],
  );
  return conflictingRules(piecesOf(bookWith(book, change)), ({ groupId, accountId }) => groupId ?? accountId)
    .filter(([a, b]) => made.has(a.ruleId) || made.has(b.ruleId))
    .map(([a, b]) => (made.has(b.ruleId) ? [a, b] : [b, a]));
}

function piecesOf({ rules }: HouseRuleBook): readonly BookRule[] {
  return [...rules.values()].flatMap(({ pieces }) => pieces);
}

/**
 * Whether a change could leave anybody with less to ask for: what a second person must approve. In doubt it does: the end
 * of a rule is one even where it only made an exception from a stricter one.
 */
export function loosens(book: HouseRuleBook, change: BookChange): boolean {
  const { act, subject, content } = change;
  switch (act) {
    case 'rule.create':
      return isLoosening(null, { ...content, ruleId: subject, pack: null }, rivals(book, content));
    case 'rule.amend':
    case 'rule.end':
    case 'rule.withdraw':
      return loosensRule(book, change);
    case 'group.members':
      return loosensMembers(book, change);
    case 'pack.switch':
      return !content.enabled
        ? (book.packs.get(subject)?.enabled ?? false)
        : content.rules.some((rule) => isLoosening(null, rule, rivals(book, rule)));
    default:
      return false;
  }
}

function loosensRule(
  book: HouseRuleBook,
  change: Extract<BookChange, { readonly act: 'rule.amend' | 'rule.end' | 'rule.withdraw' }>,
): boolean {
  const pieces = book.rules.get(change.subject)?.pieces ?? [];
  if (change.act !== 'rule.amend') {
    const after = bookWith(book, change).rules.get(change.subject)?.pieces ?? [];
    return JSON.stringify(after) !== JSON.stringify(pieces);
  }
  const { effectiveFrom } = change.content;
  const next = { ...pieces.at(-1)!, ...change.content };
  const others = rivals(book, next);
  const replaced = pieces.filter(({ effectiveTo }) => effectiveTo === null || effectiveTo >= effectiveFrom);
  if (replaced.length === 0) return isLoosening(null, next, others);
  // Days before the amendment keep the piece they had: only the rest of it is compared.
  return replaced.some((piece) => {
    const rest = piece.effectiveFrom < effectiveFrom ? { ...piece, effectiveFrom } : piece;
    return isLoosening(rest, next, others);
  });
}

function loosensMembers(
  book: HouseRuleBook,
  { subject, content }: Extract<BookChange, { readonly act: 'group.members' }>,
): boolean {
  const rules = piecesOf(book).filter(({ groupId }) => groupId === subject);
  if (rules.length === 0) return false;
  if (content.remove.length > 0) return true;
  return content.add.some((accountId) => {
    const others = book.rulesFor(accountId);
    return rules.some((rule) => isLoosening(null, rule, others));
  });
}

/** Rules that bind anybody whom this one binds. */
function rivals(book: HouseRuleBook, rule: Pick<BookRule, 'groupId' | 'accountId'>): readonly BookRule[] {
  const bound = boundBy(book, rule);
  if (bound === 'ALL') return piecesOf(book);
  return [...new Set([...bound].flatMap((accountId) => book.rulesFor(accountId)))];
}

/** The first day on which a change makes a difference. */
export function firstDay(book: HouseRuleBook, { act, subject, content }: BookChange): string | null {
  switch (act) {
    case 'rule.create':
    case 'rule.amend':
    case 'pack.switch':
      return content.effectiveFrom;
    case 'rule.end':
      return addDays(content.effectiveTo, 1);
    case 'rule.withdraw':
      return book.rules.get(subject)?.pieces[0]?.effectiveFrom ?? null;
    default:
      return null;
  }
}
