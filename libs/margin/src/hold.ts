import { byClassGroup, distinctGaps } from '@app/market';
import { type Cents, exactCents, fillGain, type Order, orderPositions } from '@app/portfolio';
import { type AccountMargin, requirements } from './account-margin.js';
import { type ClassGroup, classGroupAt, type GroupContext } from './class-group-after.js';
import type { ClassPlan } from './class-plan.js';
import { type ClassSums, emptySums, heldBackSums, sumsTogether, sumsWithHeld } from './class-sums.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { groupsWith } from './groups-after.js';
import { type Holding, holding, isModelled, type MarginContext, onPlan } from './holding.js';
import { LayeredMap } from './layered-map.js';
import { groupKey } from './product-group.js';
import { strategyRequirement } from './strategy-position.js';

/*
 * What working orders can cost at most, whichever of them fill and however far. At one valuation point an order loses
 * most whole or not at all, as its loss is linear in what fills of it; so the sum of the orders' losses there, gains left
 * out, is the worst of all combinations. A requirement rises with every loss, charge and gross amount, in groups with
 * offsets as well, so the one on such sums is no less than that of any combination, but for the cents that class groups
 * in groups are rounded up by one at a time. It is more where the combination
 * that is worst at one class group's point is not at another's, and where fills net in the minimum charge, which is
 * counted of each. `worstFill` finds the exact one; this one costs the same however many orders work, as the sums are
 * exact and orders join and leave them.
 */

/** Of one order or of many together. */
export interface Hold {
  readonly groups: ReadonlyMap<string, HeldGroup>;
  /** What fills at the orders' own prices cost against the marks, ≥ 0; a better price than the mark counts as none. */
  readonly cost: Cents;
  /** What strategy rules ask of the legs the model does not margin, as if none closed anything. */
  readonly strategy: Cents;
  /** Orders whose legs are in several class groups, and linked ones that are. */
  readonly spanning: number;
}

export interface HeldGroup {
  readonly productClass: ClassGroup['productClass'];
  /** Of the group it combines with others in; null: in none. */
  readonly key: string | null;
  /** That of the account's class group, so that the sums can be added. */
  readonly plan: ClassPlan;
  readonly sums: ClassSums;
}

export const NOTHING_HELD_BACK: Hold = { groups: new Map(), cost: 0, strategy: 0, spanning: 0 };

/** What an order holds until it executes, beside `positions`; everything that is missing to know it. */
export function orderHold(
  order: Order,
  positions: AccountMargin,
  context: MarginContext,
  sumsOf: typeof heldBackSums = heldBackSums,
): Hold | Gaps {
  const priced = orderLines(order, context);
  if (isGaps(priced)) return priced;
  const { lines } = priced;
  const cost = costAgainstMarks(order, lines);
  if (typeof cost !== 'number') return cost;
  const strategy = lines.reduce<Cents | undefined>(
    (sum, line) => (line.strategy === null ? sum : exactCents((sum ?? NaN) + (strategyRequirement(line) ?? NaN))),
    0,
  );
  if (strategy === undefined) return TOO_LARGE;
  const groups = new Map<string, HeldGroup>();
  for (const [name, members] of byClassGroup(lines.filter(isModelled))) {
    const group = heldGroup(members, positions.classGroups.get(name)?.plan ?? members[0].plan, context, sumsOf);
    if (isGaps(group)) return group;
    groups.set(name, group);
  }
  return { groups, cost, strategy, spanning: groups.size > 1 ? 1 : 0 };
}

/** What an order that fills whole trades, a line a leg, where it can be priced. */
export function orderLines(order: Order, context: MarginContext): { readonly lines: readonly Holding[] } | Gaps {
  const lines: Holding[] = [];
  const missing: Gaps[number][] = [];
  for (const position of orderPositions(order)) {
    const line = holding(position, context);
    if (isGaps(line)) missing.push(...line);
    else lines.push(line);
  }
  return missing.length > 0 ? distinctGaps(missing) : { lines };
}

/** Both together. */
export function holdPlus(a: Hold, b: Hold): Hold {
  return combined(a, b, 1);
}

/** `a`, which contains `b`, without it. */
export function holdMinus(a: Hold, b: Hold): Hold {
  return combined(a, b, -1);
}

/** The margin were the worst of `hold` to happen, equity less what the fills cost. Positions stay as they are. */
export function marginWithHold(margin: AccountMargin, hold: Hold, context: MarginContext): AccountMargin | Gaps {
  if (hold.groups.size === 0 && hold.strategy === 0) return margin;
  const equity = margin.equity - hold.cost;
  const there = { ...context, equity };
  const changes = groupsWithHeld(margin, hold, there);
  if (isGaps(changes)) return changes;
  const groups = groupsWith(margin, changes, there);
  if (isGaps(groups)) return groups;
  const strategy = { ...margin.strategy, requirement: margin.strategy.requirement + hold.strategy };
  const required = requirements({ ...groups, strategy }, context);
  if (required === undefined || exactCents(equity) === undefined) return TOO_LARGE;
  return { ...margin, ...groups, strategy, ...required, equity };
}

/** The class groups that change when the worst of `hold` happens. */
function groupsWithHeld(margin: AccountMargin, hold: Hold, context: GroupContext): Map<string, ClassGroup> | Gaps {
  const changes = partedMembers(margin, hold);
  for (const [name, held] of hold.groups) {
    const known = changes.get(name) ?? margin.classGroups.get(name);
    // Other points than the orders were summed at: beside it, then, as if the two did not net.
    const key = known !== undefined && known.plan !== held.plan ? besideName(name) : name;
    const before = key === name ? known : margin.classGroups.get(key);
    const group = classGroupAt(withHeld(key, before, held), context);
    if (isGaps(group)) return group;
    changes.set(key, group);
  }
  return changes;
}

/**
 * Who joins a group may change the points all of it is judged at: then each of its members stands alone, which requires
 * most.
 */
function partedMembers(margin: AccountMargin, { groups }: Hold): Map<string, ClassGroup> {
  const joined = [...groups].flatMap(([name, { key }]) => (key === null || margin.classGroups.has(name) ? [] : [key]));
  const members = joined.flatMap((key) => membersOf(margin, key));
  return new Map(members.map((member) => [member.classGroup, alone(member)]));
}

/**
 * Whether some fills are as bad as `margin`, which counts `hold`, says: each order has one class group that stands alone
 * under the rule book's numbers, whose worst point picks the orders that fill, and neither minimum charges nor prices
 * come into it.
 */
export function isHoldExact(margin: AccountMargin, hold: Hold): boolean {
  if (
    hold.cost > 0 ||
    hold.strategy > 0 ||
    hold.spanning > 0 ||
    margin.totals.equityBound > 0 ||
    margin.addOns.length > 0
  )
    return false;
  for (const [name, { key, plan }] of hold.groups) {
    const group = margin.classGroups.get(name);
    if (key !== null || plan.numbers !== plan.book) return false;
    if (group !== undefined && group.inForce.minimumCharge > group.inForce.scanLoss) return false;
  }
  return true;
}

const TOO_LARGE: Gaps = [marginGap('amount.too_large', null)];

function membersOf({ classGroups, productGroups }: AccountMargin, key: string): ClassGroup[] {
  const names = productGroups.get(key)?.productGroups.flatMap((part) => part.classGroups) ?? [];
  return names.map((name) => classGroups.get(name)!);
}

function alone(group: ClassGroup): ClassGroup {
  return { ...group, productGroup: null, portfolioGroup: null };
}

function besideName(classGroup: string): string {
  return `${classGroup} (working orders)`;
}

function costAgainstMarks(order: Order, lines: readonly Holding[]): Cents | Gaps {
  const gain = fillGain(order, lines);
  if (gain === undefined) return [marginGap('order.net_price_ambiguous', order.legs[0].symbol)];
  return gain.isNegative() ? (exactCents(gain.negated().times(100).ceil().toNumber()) ?? TOO_LARGE) : 0;
}

function heldGroup(
  members: readonly Holding[],
  plan: ClassPlan,
  { valuation }: MarginContext,
  sumsOf: typeof heldBackSums,
): HeldGroup | Gaps {
  const { productClass } = members[0].underlying;
  const odd = members.find(({ underlying }) => underlying.productClass !== productClass);
  if (odd !== undefined) return [marginGap('class_group.inconsistent', odd.position.symbol)];
  const lines = members.map((line) => onPlan(line, plan, valuation));
  const gaps = lines.find(isGaps);
  if (gaps !== undefined) return gaps;
  const sums = sumsOf(plan, lines as Holding[]);
  return sums === undefined ? TOO_LARGE : { productClass, key: groupKey(members[0].underlying), plan, sums };
}

function combined(a: Hold, b: Hold, sign: 1 | -1): Hold {
  const groups = new Map(a.groups);
  for (const [name, group] of b.groups) {
    const before = groups.get(name);
    if (before === undefined && sign === 1) {
      groups.set(name, group);
      continue;
    }
    const sums = sumsTogether(before?.sums ?? emptySums(group.plan), group.sums, sign);
    if (sums.lines === 0) groups.delete(name);
    else groups.set(name, { ...group, sums });
  }
  return {
    groups,
    cost: a.cost + sign * b.cost,
    strategy: a.strategy + sign * b.strategy,
    spanning: a.spanning + sign * b.spanning,
  };
}

/** Where nothing is held yet, a class group that stands alone: offsets could only make it require less. */
function withHeld(name: string, before: ClassGroup | undefined, { productClass, plan, sums }: HeldGroup) {
  if (before !== undefined) return { ...before, sums: sumsWithHeld(plan, before.sums, sums) };
  return { classGroup: name, productClass, productGroup: null, portfolioGroup: null, ...NOTHING, plan, sums };
}

const NOTHING = {
  holdings: LayeredMap.of<Holding>(),
  doubtful: LayeredMap.of<Holding>(),
  notionals: LayeredMap.of<number[]>(),
};
