import type { BookRule } from './book-change.js';

interface Members {
  readonly groupId: string;
  readonly members: ReadonlySet<string>;
}

/**
 * Every piece that binds an account: the firm's, its groups' and its own. One object for all accounts that are bound by
 * the same ones, so that what is worked out of it can be shared.
 */
export function rulesByAccount(
  pieces: readonly BookRule[],
  groups: Iterable<Members>,
): (accountId: string) => readonly BookRule[] {
  const firm = pieces.filter(({ scope }) => scope === 'FIRM');
  const byGroup = grouped(pieces, 'groupId');
  const byAccount = grouped(pieces, 'accountId');
  const groupsOf = new Map<string, string[]>();
  for (const { groupId, members } of groups) {
    if (!byGroup.has(groupId)) continue;
    for (const accountId of members) groupsOf.set(accountId, [...(groupsOf.get(accountId) ?? []), groupId]);
  }
  const ofGroups = new Map<string, readonly BookRule[]>([['', firm]]);
  const known = new Map<string, readonly BookRule[]>();
  return (accountId) => {
    const own = byAccount.get(accountId);
    const groupIds = (groupsOf.get(accountId) ?? []).sort();
    const key = groupIds.join(' ');
    const shared = ofGroups.get(key) ?? [...firm, ...groupIds.flatMap((groupId) => byGroup.get(groupId)!)];
    ofGroups.set(key, shared);
    if (own === undefined) return shared;
    const all = known.get(accountId) ?? [...shared, ...own];
    known.set(accountId, all);
    return all;
  };
}

function grouped(pieces: readonly BookRule[], by: 'groupId' | 'accountId'): ReadonlyMap<string, readonly BookRule[]> {
  const groups = new Map<string, BookRule[]>();
  for (const piece of pieces) {
    const key = piece[by];
    if (key === null) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [piece]);
    else known.push(piece);
  }
  return groups;
}
