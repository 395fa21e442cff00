import { changedKeys, inSymbolOrder } from '@app/margin';
import type { EffectiveRules } from '@app/rules';
import { LRUCache } from 'lru-cache';
import { groupNames, type GroupPair, groupPairs, isAnyDoubtful, ofUnchanged } from './group-pairs.js';
import { keptJson } from './kept-json.js';
import { quoteFlags } from './quote-flags.js';
import type { Judged } from './regimes.js';
import { ruleLines, symbolLines } from './rule-lines.js';
import type { AppliedRuleDto, FlagDto } from './what-if-reply.dto.js';

/** The class groups of an answer: their pairs are walked over only where the answer shows them. */
export interface ShownGroups extends NonNullable<Judged['portfolioMargin']> {
  /** Of those that the orders change. */
  readonly changed: readonly string[];
  readonly names: readonly string[];
  readonly pairs: () => readonly GroupPair[];
}

export function shownGroups({ context, result }: NonNullable<Judged['portfolioMargin']>): ShownGroups {
  const changed = changedKeys(result.before.classGroups, result.after.classGroups);
  const names = groupNames(result, changed);
  let pairs: readonly GroupPair[] | undefined;
  return { context, result, changed, names, pairs: () => (pairs ??= groupPairs(result, names)) };
}

/** Sets of class groups whose lines are kept, for each list of rules. */
const SETS_AT_MOST = 2_000;

/**
 * By the names of the class groups that they govern, which decide them: rules are those of one market. Orders that open a
 * class group make a set of names that the next ones like them make again.
 */
const linesOfNames = new WeakMap<EffectiveRules, LRUCache<string, readonly AppliedRuleDto[]>>();

function rulesOfGroups({ names, pairs, context: { rules } }: ShownGroups): readonly AppliedRuleDto[] {
  const ofRules = linesOfNames.get(rules) ?? new LRUCache<string, readonly AppliedRuleDto[]>({ max: SETS_AT_MOST });
  linesOfNames.set(rules, ofRules);
  const key = namesKey(names);
  const known = ofRules.get(key);
  if (known !== undefined) return known;
  const lines = pairs().map(({ line }) => line);
  const made = keptJson(ruleLines(lines, rules).map(keptJson));
  ofRules.set(key, made);
  return made;
}

/** An account that does not change has one list of names. */
const namesKeys = new WeakMap<readonly string[], string>();

function namesKey(names: readonly string[]): string {
  const key = namesKeys.get(names) ?? names.join('\n');
  namesKeys.set(names, key);
  return key;
}

/** Of the class groups, of the account as a whole, then of the symbols traded. */
export function shownRules(shown: ShownGroups): readonly AppliedRuleDto[] {
  const ofGroups = rulesOfGroups(shown);
  const ofSymbols = symbolLines(shown.context.rules, shown.result.traded);
  return ofSymbols.length === 0 ? ofGroups : [...ofGroups, ...ofSymbols];
}

export function shownFlags({ result, changed, pairs }: ShownGroups): readonly FlagDto[] {
  return isAnyDoubtful(result, changed) ? pairs().flatMap(groupFlags) : [];
}

function groupFlags(pair: GroupPair): readonly FlagDto[] {
  const doubtful = (pair.before?.doubtful.size ?? 0) + (pair.after?.doubtful.size ?? 0);
  // Of most class groups nothing is doubtful.
  return doubtful === 0 ? [] : doubtfulFlags(pair);
}

const doubtfulFlags = ofUnchanged(({ before, after }): readonly FlagDto[] => {
  const groups = before === after ? [before] : [before, after];
  const doubtful = groups.flatMap((group) => (group === undefined ? [] : inSymbolOrder(group.doubtful)));
  return quoteFlags(doubtful).map(keptJson);
});
