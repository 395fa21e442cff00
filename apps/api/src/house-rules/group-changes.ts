import { requireVersion } from '../accounts/if-match.js';
import { conflict, notFound } from '../problems.js';
import { unchanged } from './book-problems.js';
import type { MemberChangeDto, NewAccountGroupDto } from './house-rule.dto.js';
import type { Making } from './rule-changes.js';

export function newGroup({ id, name, members = [] }: NewAccountGroupDto): Making {
  return (book) => {
    if (book.groups.has(id)) throw conflict('group.exists', 'A group of accounts with this id exists already.');
    return { act: 'group.create', subject: id, content: { name, members: [...new Set(members)].sort() } };
  };
}

export function membersChange(
  groupId: string,
  ifMatch: string | undefined,
  { add = [], remove = [] }: MemberChangeDto,
): Making {
  return (book) => {
    const group = book.groups.get(groupId);
    if (group === undefined) throw notFound();
    requireVersion(ifMatch, group.changes.length);
    const leaving = new Set(remove.filter((accountId) => group.members.has(accountId)));
    const joining = new Set(add.filter((accountId) => !group.members.has(accountId) && !remove.includes(accountId)));
    if (leaving.size + joining.size === 0) throw unchanged();
    const content = { add: [...joining].sort(), remove: [...leaving].sort() };
    return { act: 'group.members', subject: groupId, content };
  };
}
