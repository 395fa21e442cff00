import type { CalendarDate } from '@app/market';
import type { HouseRule, HouseValue } from './house-rule.js';

/** A house rule and whom it binds: one of the two ids, or neither for the firm. */
export interface BookRule extends HouseRule {
  readonly groupId: string | null;
  readonly accountId: string | null;
}

/** What a rule is from its first day on. */
export type RuleTerms = Omit<BookRule, 'ruleId' | 'pack'>;

/** A change of the house-rule book. `subject`: id of the rule or group, name of the pack, number of the change decided. */
export type BookChange =
  | { readonly act: 'rule.create'; readonly subject: string; readonly content: RuleTerms }
  /** From `effectiveFrom` on the rule is this; before, what it was. */
  | { readonly act: 'rule.amend'; readonly subject: string; readonly content: Amendment }
  | { readonly act: 'rule.end'; readonly subject: string; readonly content: { readonly effectiveTo: CalendarDate } }
  /** On every day, as if it had never been made. */
  | { readonly act: 'rule.withdraw'; readonly subject: string; readonly content: Readonly<Record<string, never>> }
  | { readonly act: 'group.create'; readonly subject: string; readonly content: GroupContent }
  | { readonly act: 'group.members'; readonly subject: string; readonly content: MemberChange }
  | { readonly act: 'pack.switch'; readonly subject: string; readonly content: PackSwitch }
  | { readonly act: 'change.approve'; readonly subject: string; readonly content: Decided }
  | { readonly act: 'change.reject'; readonly subject: string; readonly content: Decided };

export interface Amendment {
  readonly value: HouseValue;
  readonly effectiveFrom: CalendarDate;
  readonly effectiveTo: CalendarDate | null;
}

export interface GroupContent {
  readonly name: string;
  /** Ids of accounts. */
  readonly members: readonly string[];
}

export interface MemberChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface PackSwitch {
  readonly enabled: boolean;
  /** First day with the pack's rules, or without them. */
  readonly effectiveFrom: CalendarDate;
  /** The rules as they were when it was switched on; none where it is switched off. */
  readonly rules: readonly BookRule[];
}

interface Decided {
  /** Number of the change that was proposed. */
  readonly sequence: number;
}

/** A change as the log has it. */
export interface BookEntry {
  /** 1, 2, 3 … */
  readonly sequence: number;
  /** UTC with milliseconds: when it became known. */
  readonly at: string;
  /** PROPOSED: counts once another change approves it. */
  readonly state: 'IN_FORCE' | 'PROPOSED';
  readonly authorKey: string;
  readonly author: string;
  readonly reason: string;
  readonly change: BookChange;
}

/** Who decided about a proposal. */
export interface Decision {
  readonly outcome: 'APPROVED' | 'REJECTED';
  readonly entry: BookEntry;
}
