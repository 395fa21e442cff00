import {
  type AccountMargin,
  accountMarginAfter,
  classGrid,
  isGaps,
  type MarginContext,
  type WhatIf,
} from '@app/margin';
import { underlyingOf } from '@app/market';
import {
  type Cents,
  type Mark,
  marketValue,
  type Order,
  orderFill,
  orderPositions,
  type Portfolio,
  type Position,
} from '@app/portfolio';
import type { Decimal } from 'decimal.js';
import { centsSplit } from './cents-split.js';
import { type BindingRule, pathShares } from './class-group-path.js';
import { tradedLegs } from './traded-leg.js';

export interface LegShare {
  readonly symbol: string;
  readonly requirement: Cents;
}

export interface OrderShare {
  readonly clOrdId: string;
  /** Its part of the change; the orders' add up to all of it. */
  readonly requirement: Cents;
  readonly equity: Cents;
  /** The change were it the only order; null where that is too large an amount. */
  readonly standAlone: Cents | null;
  /** How much less the change were without it. */
  readonly leaveOneOut: Cents | null;
  /** In the order given; they add up to `requirement`. */
  readonly legs: readonly LegShare[];
}

export interface ClassGroupShare {
  readonly classGroup: string;
  readonly requirement: Cents;
  /** By what the class group owed as the orders filled; they add up to `requirement`. OTHER: house rules. */
  readonly rules: readonly { readonly rule: BindingRule | 'OTHER'; readonly requirement: Cents }[];
}

export interface Attribution {
  readonly requirement: Cents;
  readonly equity: Cents;
  readonly orders: readonly OrderShare[];
  readonly classGroups: readonly ClassGroupShare[];
  /** What is owed or set free above class groups: with `classGroups` it adds up to `requirement`. */
  readonly aboveClassGroups: Cents;
}

/**
 * The change in requirement split over the orders and their legs, to the cent: inside a class group by the path on which
 * all fill evenly (`pathShares`), what is decided above class groups in proportion to that.
 */
export function attribution(
  { positions }: Portfolio,
  orders: readonly Order[],
  { before, after }: Pick<WhatIf, 'before' | 'after'>,
  context: MarginContext,
): Attribution {
  const legs = tradedLegs(orders, { before, after }, context);
  const held = heldUnits(positions);
  const names = [...new Set([...before.classGroups.keys(), ...after.classGroups.keys()])].sort();
  const changes = names.map((name) => {
    const change = groupRequirement(after, name) - groupRequirement(before, name);
    const own = legs.filter(({ classGroup }) => classGroup === name);
    return {
      name,
      change,
      own,
      shares: pathShares(before.classGroups.get(name), own, (symbol) => held.get(symbol) ?? 0),
    };
  });
  const byLeg = new Map(
    changes.flatMap(({ change, own, shares }) =>
      centsSplit(change, shares.legs).map((cents, i) => [own[i], cents] as const),
    ),
  );
  const total = after.requirement - before.requirement;
  const rest = total - [...byLeg.values()].reduce((sum, cents) => sum + cents, 0);
  const restByLeg = centsSplit(
    rest,
    legs.map((leg) => Math.abs(byLeg.get(leg)!)),
  );
  const legCents = orders.map((order) => order.legs.map(() => 0));
  legs.forEach((leg, i) => (legCents[leg.order][leg.leg] += byLeg.get(leg)! + restByLeg[i]));
  const equity = after.equity - before.equity;
  const gains = orders.map((order) => orderGain(order, context));
  const equityCents = centsSplit(
    equity,
    gains.map(({ cents }) => cents),
  );
  const changed = changes.filter(({ change, own }) => change !== 0 || own.length > 0);
  return {
    requirement: total,
    equity,
    orders: orders.map((order, i) => ({
      clOrdId: order.clOrdId,
      requirement: legCents[i].reduce((sum, cents) => sum + cents, 0),
      equity: equityCents[i],
      ...marginals(order, gains[i].cashChange, { before, after }, context),
      legs: order.legs.map(({ symbol }, leg) => ({ symbol, requirement: legCents[i][leg] })),
    })),
    classGroups: changed.map(({ name, change, shares }) => ({
      classGroup: name,
      requirement: change,
      rules: ruleShares(change, shares.rules),
    })),
    aboveClassGroups: total - changes.reduce((sum, { change }) => sum + change, 0),
  };
}

function heldUnits(positions: readonly Position[]): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const { symbol, quantity } of positions) held.set(symbol, (held.get(symbol) ?? 0) + quantity.toNumber());
  return held;
}

/** A margin that was computed has its requirements. */
function groupRequirement({ classGroups }: AccountMargin, name: string): Cents {
  return classGroups.get(name)?.inForce.requirement ?? 0;
}

function ruleShares(change: Cents, shares: Readonly<Record<BindingRule, number>>): ClassGroupShare['rules'] {
  const [scanLoss, minimumCharge] = [Math.round(shares.SCAN_LOSS), Math.round(shares.MINIMUM_CHARGE)];
  const rest = change - scanLoss - minimumCharge;
  // A cent of rounding up belongs to what was rounded; more than that, to rules that these two are not.
  const isRounding = Math.abs(rest) <= 2;
  const split = isRounding
    ? centsSplit(change, [shares.SCAN_LOSS, shares.MINIMUM_CHARGE])
    : [scanLoss, minimumCharge, rest];
  const rules = (['SCAN_LOSS', 'MINIMUM_CHARGE', 'OTHER'] as const).slice(0, split.length);
  return rules.map((rule, i) => ({ rule, requirement: split[i] })).filter(({ requirement }) => requirement !== 0);
}

/** What a whole fill does to cash, and to equity: the difference of its price to the mark. */
function orderGain(order: Order, { valuation, rules }: MarginContext): { cashChange: Decimal; cents: number } {
  const markOf = (symbol: string): Mark => {
    const instrument = valuation.market.instrument(symbol)!;
    const { productClass } = underlyingOf(instrument, valuation.market)!;
    const array = valuation.riskArray(symbol, classGrid(rules.regulatory(productClass)));
    if (isGaps(array)) throw new Error('an order that was judged has its marks');
    return array.mark;
  };
  const { positions, cashChange } = orderFill(order, markOf)!;
  const value = positions.reduce(
    (sum, { symbol, quantity }) => sum.plus(marketValue(quantity, markOf(symbol))),
    cashChange,
  );
  return { cashChange, cents: value.times(100).toNumber() };
}

/** Null where an amount on the way is too large to be exact. */
function marginals(
  order: Order,
  cashChange: Decimal,
  { before, after }: Pick<WhatIf, 'before' | 'after'>,
  context: MarginContext,
): Pick<OrderShare, 'standAlone' | 'leaveOneOut'> {
  const trades = orderPositions(order);
  const undone = trades.map(({ symbol, quantity }) => ({ symbol, quantity: quantity.negated() }));
  const alone = accountMarginAfter(before, trades, cashChange, context);
  const without = accountMarginAfter(after, undone, cashChange.negated(), context);
  return {
    standAlone: isGaps(alone) ? null : alone.requirement - before.requirement,
    leaveOneOut: isGaps(without) ? null : after.requirement - without.requirement,
  };
}
