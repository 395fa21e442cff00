import { byClassGroup, distinctGaps } from '@app/market';
import { type Cents, exactCents, type Mark, marketValue, type Order, orderFill, orderPositions } from '@app/portfolio';
import type { AccountMargin } from './account-margin.js';
import { marginInForce, regulatoryMargin } from './class-group.js';
import type { ClassGroup } from './class-group-after.js';
import { type ClassPlan, classPlan } from './class-plan.js';
import { type ClassSums, emptySums, heldBackSums, sumsTogether } from './class-sums.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';
import { LayeredMap } from './layered-map.js';

/*
 * What working orders can cost at most, whichever of them fill and however far. At one valuation point an order loses
 * most whole or not at all, as its loss is linear in what fills of it; so the sum of the orders' losses there, gains left
 * out, is the worst of all combinations, and the requirement on such sums is no less than that of any. It is more where
 * the combination that is worst at one class group's point is not at another's, and where fills net in the minimum
 * charge, which is counted of each. `worstFill` finds the exact one; this one costs the same however many orders work,
 * as the sums are exact and orders join and leave them.
 */

/** Of one order or of many together. */
export interface Hold {
  readonly groups: ReadonlyMap<string, HeldGroup>;
  /** What fills at the orders' own prices cost against the marks, ≥ 0; a better price than the mark counts as none. */
  readonly cost: Cents;
  /** Orders whose legs are in several class groups. */
  readonly spanning: number;
}

interface HeldGroup {
  readonly productClass: ClassGroup['productClass'];
  readonly plan: ClassPlan;
  readonly sums: ClassSums;
}

export const NOTHING_HELD_BACK: Hold = { groups: new Map(), cost: 0, spanning: 0 };

/** What an order holds until it executes; everything that is missing to know it. */
export function orderHold(order: Order, context: MarginContext): Hold | Gaps {
  const priced = orderLines(order, context);
  if (isGaps(priced)) return priced;
  const { lines } = priced;
  const cost = costAgainstMarks(order, lines);
  if (typeof cost !== 'number') return cost;
  const groups = new Map<string, HeldGroup>();
  for (const [name, members] of byClassGroup(lines)) {
    const group = heldGroup(name, members, context);
    if (isGaps(group)) return group;
    groups.set(name, group);
  }
  return { groups, cost, spanning: groups.size > 1 ? 1 : 0 };
}

/** What an order that fills whole trades, a line a leg, where it can be priced. */
export function orderLines(order: Order, context: MarginContext): { readonly lines: readonly Holding[] } | Gaps {
  const lines = orderPositions(order).map((position) => holding(position, context));
  const missing = lines.filter(isGaps).flat();
  return missing.length > 0 ? distinctGaps(missing) : { lines: lines as readonly Holding[] };
}

/** Both together. */
export function holdPlus(a: Hold, b: Hold): Hold {
  return combined(a, b, 1);
}

/** `a`, which contains `b`, without it. */
export function holdMinus(a: Hold, b: Hold): Hold {
  return combined(a, b, -1);
}

/**
 * Whether some fills are as bad as `margin`, which counts `hold`, says: each order has one class group, whose worst point
 * picks the orders that fill, and neither minimum charges nor prices come into it.
 */
export function isHoldExact(margin: AccountMargin, hold: Hold): boolean {
  if (hold.cost > 0 || hold.spanning > 0) return false;
  for (const name of hold.groups.keys()) {
    const group = margin.classGroups.get(name);
    if (group !== undefined && group.inForce.minimumCharge > group.inForce.scanLoss) return false;
  }
  return true;
}

/** The margin were the worst of `hold` to happen, equity less what the fills cost. Positions stay as they are. */
export function marginWithHold(margin: AccountMargin, hold: Hold): AccountMargin | Gaps {
  if (hold.groups.size === 0) return margin;
  const changes = new Map<string, ClassGroup>();
  let { requirement, regulatoryRequirement } = margin;
  for (const [name, held] of hold.groups) {
    const before = margin.classGroups.get(name);
    const after = groupWithHold(name, before, held);
    if (after === undefined) return TOO_LARGE;
    requirement += after.inForce.requirement - (before?.inForce.requirement ?? 0);
    regulatoryRequirement += after.regulatory.requirement - (before?.regulatory.requirement ?? 0);
    changes.set(name, after);
  }
  const equity = margin.equity - hold.cost;
  const isExact = [requirement, regulatoryRequirement, equity].every((cents) => exactCents(cents) !== undefined);
  const classGroups = (margin.classGroups as LayeredMap<ClassGroup>).with(changes);
  return isExact ? { ...margin, classGroups, requirement, regulatoryRequirement, equity } : TOO_LARGE;
}

const TOO_LARGE: Gaps = [marginGap('amount.too_large', null)];

function costAgainstMarks(order: Order, lines: readonly Holding[]): Cents | Gaps {
  if (order.price === null) return 0;
  const fill = orderFill(order, (symbol) => markOf(lines, symbol));
  if (fill === undefined) return [marginGap('order.net_price_ambiguous', order.legs[0].symbol)];
  const gain = lines.reduce((sum, { position, mark }) => sum.plus(marketValue(position.quantity, mark)), fill.cashChange);
  return gain.isNegative() ? (exactCents(gain.negated().times(100).ceil().toNumber()) ?? TOO_LARGE) : 0;
}

function markOf(lines: readonly Holding[], symbol: string): Mark {
  return lines.find(({ position }) => position.symbol === symbol)!.mark;
}

function heldGroup(name: string, members: readonly Holding[], { rules }: MarginContext): HeldGroup | Gaps {
  const { productClass } = members[0].underlying;
  const odd = members.find(({ underlying }) => underlying.productClass !== productClass);
  if (odd !== undefined) return [marginGap('class_group.inconsistent', odd.position.symbol)];
  const plan = classPlan(rules.inForce(name, productClass), rules.regulatory(productClass));
  const sums = heldBackSums(plan, members);
  return sums === undefined ? TOO_LARGE : { productClass, plan, sums };
}

function combined(a: Hold, b: Hold, sign: 1 | -1): Hold {
  const groups = new Map(a.groups);
  for (const [name, group] of b.groups) {
    const sums = sumsTogether(groups.get(name)?.sums ?? emptySums(group.plan), group.sums, sign);
    if (sums.lines === 0) groups.delete(name);
    else groups.set(name, { ...group, sums });
  }
  return { groups, cost: a.cost + sign * b.cost, spanning: a.spanning + sign * b.spanning };
}

function groupWithHold(name: string, before: ClassGroup | undefined, held: HeldGroup): ClassGroup | undefined {
  const { productClass, plan } = held;
  const sums = before === undefined ? held.sums : sumsTogether(before.sums, held.sums, 1);
  const regulatory = regulatoryMargin(productClass, plan, sums);
  const inForce = regulatory && marginInForce(productClass, plan, sums, regulatory);
  if (inForce === undefined) return undefined;
  const { holdings, doubtful } = before ?? { holdings: NOTHING, doubtful: NOTHING };
  return { classGroup: name, productClass, plan, holdings, doubtful, sums, inForce, regulatory: regulatory! };
}

const NOTHING = LayeredMap.of<Holding>();
