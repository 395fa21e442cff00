import type { AccountMargin, MarginContext, WhatIf } from '@app/margin';
import type { Cents, Order, Portfolio, Position } from '@app/portfolio';
import { centsSplit } from './cents-split.js';
import { type BindingRule, pathShares } from './class-group-path.js';
import { marginals, orderGain } from './order-marginals.js';
import { strategyShares } from './strategy-shares.js';
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
  const shares = [...legs.map((leg) => ({ ...leg, cents: byLeg.get(leg)! })), ...strategyShares(orders, before, after)];
  const rest = total - shares.reduce((sum, { cents }) => sum + cents, 0);
  const restShares = centsSplit(
    rest,
    shares.map(({ cents }) => Math.abs(cents)),
  );
  const legCents = orders.map((order) => order.legs.map(() => 0));
  shares.forEach(({ order, leg, cents }, i) => (legCents[order][leg] += cents + restShares[i]));
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
