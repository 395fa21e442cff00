import { addDays, type CalendarDate } from '@app/market';
import type { BookChange, BookEntry, BookRule, Decision } from './book-change.js';
import { rulesByAccount } from './rules-by-account.js';

/** A rule over time: a piece for each period it had one value in, none of them overlapping. */
export interface RuleHistory {
  readonly ruleId: string;
  /** In force on their days, the earliest first; none before it is approved and after it is withdrawn. */
  readonly pieces: readonly BookRule[];
  /** Every change made or proposed, oldest first: its version is its place, from 1. */
  readonly changes: readonly BookEntry[];
}

export interface AccountGroup {
  readonly groupId: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
  readonly changes: readonly BookEntry[];
}

export interface PackState {
  readonly enabled: boolean;
  readonly changes: readonly BookEntry[];
}

/** The house-rule book as it was known at the last of its entries. */
export interface HouseRuleBook {
  /** Number of the last entry; 0 of an empty book. */
  readonly sequence: number;
  readonly entries: readonly BookEntry[];
  readonly rules: ReadonlyMap<string, RuleHistory>;
  readonly groups: ReadonlyMap<string, AccountGroup>;
  /** Packs that were ever switched. */
  readonly packs: ReadonlyMap<string, PackState>;
  /** By number of the change proposed. */
  readonly decisions: ReadonlyMap<number, Decision>;
  /**
   * Every piece that binds an account, on any day: the firm's, its groups' and its own. One object for all accounts that
   * are bound by the same ones.
   */
  readonly rulesFor: (accountId: string) => readonly BookRule[];
}

interface Draft {
  readonly rules: Map<string, RuleHistory>;
  readonly groups: Map<string, AccountGroup>;
  readonly packs: Map<string, PackState>;
  readonly decisions: Map<number, Decision>;
}

/** The book that its changes make, in their order. */
export function houseRuleBook(entries: readonly BookEntry[]): HouseRuleBook {
  const draft: Draft = { rules: new Map(), groups: new Map(), packs: new Map(), decisions: new Map() };
  const proposals = new Map<number, BookEntry>();
  for (const entry of entries) {
    record(draft, entry);
    if (entry.state === 'PROPOSED') proposals.set(entry.sequence, entry);
    else apply(draft, entry.change, proposals, entry);
  }
  const pieces = [...draft.rules.values()].flatMap((history) => history.pieces);
  return {
    sequence: entries.at(-1)?.sequence ?? 0,
    entries,
    ...draft,
    rulesFor: rulesByAccount(pieces, draft.groups.values()),
  };
}

/** As it was known at an instant: what was written later is left out. */
export function bookKnownAt({ entries }: HouseRuleBook, instant: string): HouseRuleBook {
  return houseRuleBook(entries.filter(({ at }) => at <= instant));
}

/** The book as it would be with one more change, approved. */
export function bookWith({ entries, sequence }: HouseRuleBook, change: BookChange): HouseRuleBook {
  const signed = { at: '', state: 'IN_FORCE', authorKey: '', author: '', reason: '' } as const;
  return houseRuleBook([...entries, { ...signed, sequence: sequence + 1, change }]);
}

/** Enters a change, made or proposed, in the history of what it is about. */
function record({ rules, groups, packs }: Draft, entry: BookEntry): void {
  const { act, subject } = entry.change;
  if (act.startsWith('rule.')) {
    const known = rules.get(subject) ?? { ruleId: subject, pieces: [], changes: [] };
    rules.set(subject, { ...known, changes: [...known.changes, entry] });
  } else if (act.startsWith('group.')) {
    const known = groups.get(subject) ?? { groupId: subject, name: '', members: new Set<string>(), changes: [] };
    groups.set(subject, { ...known, changes: [...known.changes, entry] });
  } else if (act === 'pack.switch') {
    const known = packs.get(subject) ?? { enabled: false, changes: [] };
    packs.set(subject, { ...known, changes: [...known.changes, entry] });
  }
}

function apply(draft: Draft, change: BookChange, proposals: ReadonlyMap<number, BookEntry>, entry: BookEntry): void {
  switch (change.act) {
    case 'change.approve':
    case 'change.reject': {
      const proposal = proposals.get(change.content.sequence);
      if (proposal === undefined) throw new Error(`change ${entry.sequence} decides about one that is no proposal`);
      const approved = change.act === 'change.approve';
      draft.decisions.set(proposal.sequence, { outcome: approved ? 'APPROVED' : 'REJECTED', entry });
      if (approved) apply(draft, proposal.change, proposals, entry);
      return;
    }
    case 'group.create':
    case 'group.members':
      return applyToGroup(draft, change);
    case 'pack.switch':
      return applyToPack(draft, change);
    default:
      return applyToRule(draft, change);
  }
}

type ChangeOf<A extends BookChange['act']> = Extract<BookChange, { readonly act: A }>;

function applyToRule(
  { rules }: Draft,
  change: ChangeOf<'rule.create' | 'rule.amend' | 'rule.end' | 'rule.withdraw'>,
): void {
  const history = rules.get(change.subject)!;
  rules.set(change.subject, { ...history, pieces: piecesAfter(history, change) });
}

function piecesAfter(
  { ruleId, pieces }: RuleHistory,
  change: ChangeOf<'rule.create' | 'rule.amend' | 'rule.end' | 'rule.withdraw'>,
): readonly BookRule[] {
  switch (change.act) {
    case 'rule.create':
      return [{ ...change.content, ruleId, pack: null }];
    case 'rule.amend': {
      const last = pieces.at(-1);
      if (last === undefined) throw new Error(`rule ${ruleId} is amended, but not in the book`);
      return [...until(pieces, addDays(change.content.effectiveFrom, -1)), { ...last, ...change.content }];
    }
    case 'rule.end':
      return until(pieces, change.content.effectiveTo);
    case 'rule.withdraw':
      return [];
  }
}

/** The pieces up to a day, the last of them cut there. */
function until(pieces: readonly BookRule[], lastDay: CalendarDate): readonly BookRule[] {
  return pieces
    .filter(({ effectiveFrom }) => effectiveFrom <= lastDay)
    .map((piece) =>
      piece.effectiveTo !== null && piece.effectiveTo <= lastDay ? piece : { ...piece, effectiveTo: lastDay },
    );
}

function applyToGroup({ groups }: Draft, change: ChangeOf<'group.create' | 'group.members'>): void {
  const group = groups.get(change.subject)!;
  if (change.act === 'group.create') {
    const { name, members } = change.content;
    groups.set(change.subject, { ...group, name, members: new Set(members) });
    return;
  }
  const members = new Set([...group.members, ...change.content.add]);
  for (const accountId of change.content.remove) members.delete(accountId);
  groups.set(change.subject, { ...group, members });
}

function applyToPack({ rules, packs }: Draft, { subject, content }: ChangeOf<'pack.switch'>): void {
  const { enabled, effectiveFrom, rules: own } = content;
  packs.set(subject, { ...packs.get(subject)!, enabled });
  const dayBefore = addDays(effectiveFrom, -1);
  for (const history of rules.values()) {
    if (history.pieces.at(-1)?.pack !== subject) continue;
    rules.set(history.ruleId, { ...history, pieces: until(history.pieces, dayBefore) });
  }
  for (const rule of own) {
    const known = rules.get(rule.ruleId) ?? { ruleId: rule.ruleId, pieces: [], changes: [] };
    rules.set(rule.ruleId, { ...known, pieces: [...known.pieces, rule] });
  }
}
