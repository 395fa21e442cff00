import type { Cents } from '@app/portfolio';
import { type AccountTotals, addClassGroup, addProductGroup, totalsInWork } from './account-totals.js';
import {
  type ClassGroup,
  classGroupAfter,
  classGroupAt,
  classGroupOn,
  type GroupContext,
} from './class-group-after.js';
import { isEquityBound } from './class-group.js';
import { classPlan } from './class-plan.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import type { Holding } from './holding.js';
import type { LayeredMap } from './layered-map.js';
import { groupKey, pairedPoints, type ProductGroup, productGroup } from './product-group.js';

/** Everything an account holds, by class group and by the groups above them. */
export interface Grouped {
  readonly classGroups: ReadonlyMap<string, ClassGroup>;
  /** Class groups that combine with others, by `key`. */
  readonly productGroups: ReadonlyMap<string, ProductGroup>;
  readonly totals: AccountTotals;
}

type Changes = Map<string, ClassGroup | undefined>;

/** Groups after trades, by class group: those traded in, those that depend on equity, and the groups above them. */
export function groupsAfter(
  before: Grouped & { readonly equity: Cents },
  traded: ReadonlyMap<string, readonly Holding[]>,
  context: GroupContext,
): Grouped | Gaps {
  const changes: Changes = new Map();
  const gaps: Gaps[number][] = [];
  const change = (name: string, group: ClassGroup | Gaps | undefined): void => {
    if (group !== undefined && isGaps(group)) gaps.push(...group);
    else changes.set(name, group);
  };
  for (const [name, lines] of traded) {
    change(name, classGroupAfter(name, before.classGroups.get(name), lines, context));
  }
  return gaps.length > 0 ? gaps : groupsWith(before, changes, context);
}

/** Groups with some class groups changed: further those that depend on equity, and the groups above them. */
export function groupsWith(
  before: Grouped & { readonly equity: Cents },
  changes: Changes,
  context: GroupContext,
): Grouped | Gaps {
  const gaps: Gaps[number][] = [];
  if (before.totals.equityBound > 0 && context.equity !== before.equity) {
    for (const [name, group] of before.classGroups) {
      if (changes.has(name) || !isEquityBound(group.plan)) continue;
      const there = classGroupAt(group, context);
      if (isGaps(there)) gaps.push(...there);
      else changes.set(name, there);
    }
  }
  if (gaps.length > 0) return gaps;

  const groupChanges = new Map<string, ProductGroup | undefined>();
  for (const key of touchedGroups(before, changes)) {
    const group = combined(key, before, changes, context);
    if (group !== undefined && isGaps(group)) return group;
    groupChanges.set(key, group);
  }
  return {
    classGroups: (before.classGroups as LayeredMap<ClassGroup>).with(changes),
    productGroups: (before.productGroups as LayeredMap<ProductGroup>).with(groupChanges),
    totals: totalsAfter(before, changes, groupChanges),
  };
}

function touchedGroups({ classGroups }: Grouped, changes: Changes): ReadonlySet<string> {
  let keys: Set<string> | undefined;
  const touch = (group: ClassGroup | undefined): void => {
    const key = group === undefined ? null : groupKey(group);
    if (key !== null) (keys ??= new Set()).add(key);
  };
  for (const [name, group] of changes) {
    touch(group);
    touch(classGroups.get(name));
  }
  return keys ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * A group after changes of its class groups; undefined where none is left. Who joins or leaves can change the points
 * at which all of them are paired: then each is summed anew, and put among the changes.
 */
function combined(
  key: string,
  before: Grouped,
  changes: Changes,
  context: GroupContext,
): ProductGroup | Gaps | undefined {
  const old = before.productGroups.get(key)?.productGroups.flatMap(({ classGroups }) => classGroups) ?? [];
  const joined = [...changes].filter(([, group]) => group !== undefined && groupKey(group) === key);
  const members = [...new Set([...old, ...joined.map(([name]) => name)])]
    .sort()
    .map((name) => (changes.has(name) ? changes.get(name) : before.classGroups.get(name)))
    .filter((member) => member !== undefined && groupKey(member) === key) as ClassGroup[];
  if (members.length === 0) return undefined;
  const isSameCompany = members.length === old.length && members.every(({ classGroup }) => old.includes(classGroup));
  const company = isSameCompany ? { paired: members } : together(members, context);
  if (isGaps(company)) return company;
  const { paired } = company;
  for (const [i, member] of paired.entries()) {
    if (member !== members[i]) changes.set(member.classGroup, member);
  }
  return productGroup(key, paired, context.rules) ?? [marginGap('amount.too_large', null)];
}

/** The members summed at the points they are paired at; a list of their own, not to be taken for one of gaps. */
function together(
  members: readonly ClassGroup[],
  context: GroupContext,
): { readonly paired: readonly ClassGroup[] } | Gaps {
  const points = pairedPoints(members);
  const { rules, valuation } = context;
  const paired: ClassGroup[] = [];
  for (const member of members) {
    const plan = classPlan(member.classGroup, member.productClass, { rules, market: valuation.market }, points);
    if (isGaps(plan)) return plan;
    const group = plan === member.plan ? member : classGroupOn(member, plan, context);
    if (isGaps(group)) return group;
    paired.push(group);
  }
  return { paired };
}

function totalsAfter(
  before: Grouped,
  changes: Changes,
  groupChanges: ReadonlyMap<string, ProductGroup | undefined>,
): AccountTotals {
  const totals = totalsInWork(before.totals);
  for (const [name, group] of changes) {
    const old = before.classGroups.get(name);
    if (old !== undefined) addClassGroup(totals, old, groupKey(old) === null, -1);
    if (group !== undefined) addClassGroup(totals, group, groupKey(group) === null, 1);
  }
  for (const [key, group] of groupChanges) {
    const old = before.productGroups.get(key);
    if (old !== undefined) addProductGroup(totals, old, -1);
    if (group !== undefined) addProductGroup(totals, group, 1);
  }
  return totals;
}
