import { distinctGaps, type ProductClass } from '@app/market';
import { type Cents, exactCents, type Mark, marketValue, type Order, orderFill, requirementCents } from '@app/portfolio';
import type { AccountMargin, ClassGroup } from './account-margin.js';
import { type ClassGroupMargin, classGroupMargin } from './class-group.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';
import { classGrid, gridInForce } from './scenario.js';

/*
 * What a working order can cost at most. At one valuation point an order loses most whole or not at all, as the loss is
 * linear in what fills of it; so over all combinations of full and partial fills the sum of the orders' losses there,
 * gains left out, is the worst, and the requirement on those sums no less than that of any combination. It is more
 * where the combination that is worst for one class group is not for another, or where fills net in the minimum charge.
 *
 * Losses and charges are whole cents, rounded up: sums of them are exact, so holds can be added and taken away for ever.
 */

/** Of one order or of many together. */
export interface Hold {
  readonly groups: ReadonlyMap<string, HeldGroup>;
  /** What fills at the orders' own prices cost against the marks, ≥ 0; a better price than the mark counts as none. */
  readonly cost: Cents;
}

interface HeldGroup {
  readonly productClass: ProductClass;
  readonly inForce: HeldLosses;
  /** The same object as `inForce` where no house rule changes the numbers. */
  readonly regulatory: HeldLosses;
}

interface HeldLosses {
  /** Cents at each valuation point, ≥ 0. */
  readonly losses: Float64Array;
  readonly minimumCharge: Cents;
}

export const NOTHING_HELD_BACK: Hold = { groups: new Map(), cost: 0 };

/** What an order holds until it executes; everything that is missing to know it. */
export function orderHold(order: Order, context: MarginContext): Hold | Gaps {
  const held = order.legs.map(({ symbol, side, ratioQty }) => {
    const quantity = order.orderQty.times(ratioQty);
    return holding({ symbol, quantity: side === 'BUY' ? quantity : quantity.negated() }, context);
  });
  const missing = held.filter(isGaps).flat();
  if (missing.length > 0) return distinctGaps(missing);
  const holdings = held as Holding[];
  const cost = costAgainstMarks(order, holdings);
  if (typeof cost !== 'number') return cost;
  const groups = new Map<string, HeldGroup>();
  for (const name of new Set(holdings.map(({ underlying }) => underlying.classGroup))) {
    const group = heldGroup(
      name,
      holdings.filter(({ underlying }) => underlying.classGroup === name),
      context,
    );
    if (isGaps(group)) return group;
    groups.set(name, group);
  }
  return { groups, cost };
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
 * The margin were the worst of `hold` to happen: losses without gains at every valuation point, charges added, equity
 * less what the fills cost. Positions stay as they are.
 */
export function marginWithHold(margin: AccountMargin, hold: Hold, context: MarginContext): AccountMargin | Gaps {
  if (hold.groups.size === 0) return margin;
  const classGroups = new Map(margin.classGroups);
  let { requirement, regulatoryRequirement } = margin;
  for (const [name, held] of hold.groups) {
    const before = classGroups.get(name) ?? emptyGroup(name, held.productClass, context);
    const after = groupWithHold(before, held);
    if (after.inForce.requirement === undefined || after.regulatory.requirement === undefined) return TOO_LARGE;
    requirement += after.inForce.requirement - before.inForce.requirement!;
    regulatoryRequirement += after.regulatory.requirement - before.regulatory.requirement!;
    classGroups.set(name, after);
  }
  const equity = margin.equity - hold.cost;
  const exact = [requirement, regulatoryRequirement, equity].every((cents) => exactCents(cents) !== undefined);
  return exact ? { ...margin, classGroups, requirement, regulatoryRequirement, equity } : TOO_LARGE;
}

const TOO_LARGE: Gaps = [marginGap('amount.too_large', null)];

function costAgainstMarks(order: Order, holdings: readonly Holding[]): Cents | Gaps {
  if (order.price === null) return 0;
  const marks = new Map<string, Mark>(holdings.map(({ position, mark }) => [position.symbol, mark]));
  const fill = orderFill(order, (symbol) => marks.get(symbol)!);
  if (fill === undefined) return [marginGap('order.net_price_ambiguous', order.legs[0].symbol)];
  const gain = holdings.reduce(
    (sum, { position, mark }) => sum.plus(marketValue(position.quantity, mark)),
    fill.cashChange,
  );
  if (!gain.isNegative()) return 0;
  return exactCents(gain.negated().times(100).ceil().toNumber()) ?? TOO_LARGE;
}

function heldGroup(name: string, members: readonly Holding[], { rules }: MarginContext): HeldGroup | Gaps {
  const { productClass } = members[0].underlying;
  const odd = members.find(({ underlying }) => underlying.productClass !== productClass);
  if (odd !== undefined) return [marginGap('class_group.inconsistent', odd.position.symbol)];
  const book = rules.regulatory(productClass);
  const numbers = rules.inForce(name, productClass);
  const of = (which: 'inForce' | 'regulatory', grid: ReturnType<typeof classGrid>): HeldLosses => {
    const lines = members.map((entry) => ({ position: entry.position, array: entry[which] }));
    const filled = classGroupMargin(productClass, lines, which === 'inForce' ? numbers : book, grid);
    return {
      losses: filled.scenarios.map((profit) => Math.ceil(Math.max(0, -profit) * 100 - NOISE_CENTS)),
      minimumCharge: Math.ceil(filled.minimumCharge * 100 - NOISE_CENTS),
    };
  };
  const regulatory = of('regulatory', classGrid(book));
  const inForce = numbers === book ? regulatory : of('inForce', gridInForce(numbers, book));
  const whole = [...inForce.losses, ...regulatory.losses].every(Number.isSafeInteger);
  return whole ? { productClass, inForce, regulatory } : [marginGap('amount.too_large', members[0].position.symbol)];
}

/** Sums of products in binary floating point: what is this near a whole cent is that cent. */
const NOISE_CENTS = 1e-6;

function combined(a: Hold, b: Hold, sign: 1 | -1): Hold {
  const groups = new Map(a.groups);
  for (const [name, added] of b.groups) {
    const known = groups.get(name);
    groups.set(name, known === undefined ? added : combinedGroup(known, added, sign));
  }
  return { groups, cost: a.cost + sign * b.cost };
}

function combinedGroup(a: HeldGroup, b: HeldGroup, sign: 1 | -1): HeldGroup {
  const of = (x: HeldLosses, y: HeldLosses): HeldLosses => ({
    losses: x.losses.map((loss, k) => loss + sign * y.losses[k]),
    minimumCharge: x.minimumCharge + sign * y.minimumCharge,
  });
  const regulatory = of(a.regulatory, b.regulatory);
  const same = a.inForce === a.regulatory && b.inForce === b.regulatory;
  return { productClass: a.productClass, regulatory, inForce: same ? regulatory : of(a.inForce, b.inForce) };
}

function emptyGroup(name: string, productClass: ProductClass, { rules }: MarginContext): ClassGroup {
  const book = rules.regulatory(productClass);
  const numbers = rules.inForce(name, productClass);
  const regulatory = classGroupMargin(productClass, [], book, classGrid(book));
  const inForce =
    numbers === book ? regulatory : classGroupMargin(productClass, [], numbers, gridInForce(numbers, book));
  return { classGroup: name, productClass, holdings: [], inForce, regulatory };
}

function groupWithHold(group: ClassGroup, held: HeldGroup): ClassGroup {
  const regulatory = withLosses(group.regulatory, held.regulatory);
  const same = group.inForce === group.regulatory && held.inForce === held.regulatory;
  const inForce = same ? regulatory : withLosses(group.inForce, held.inForce);
  const least = regulatory.requirement;
  const below = inForce.requirement !== undefined && least !== undefined && inForce.requirement < least;
  return { ...group, regulatory, inForce: below ? { ...inForce, requirement: least } : inForce };
}

function withLosses(margin: ClassGroupMargin, held: HeldLosses): ClassGroupMargin {
  const scenarios = margin.scenarios.map((profit, k) => profit - held.losses[k] / 100);
  const least = Math.min(...scenarios);
  const scanLoss = Math.max(0, -least);
  const minimumCharge = margin.minimumCharge + held.minimumCharge / 100;
  // Alike to the cent, the lowest point is named, as where nothing is held.
  const worst = scenarios.findIndex((profit) => profit - least < 0.005);
  const bounded = scenarios.every((profit) => Math.abs(profit) < Number.MAX_SAFE_INTEGER / 100);
  const requirement = bounded ? requirementCents(Math.max(scanLoss, minimumCharge)) : undefined;
  return { ...margin, scenarios, worst, scanLoss, minimumCharge, requirement };
}
