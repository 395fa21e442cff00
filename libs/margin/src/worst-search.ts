import { type Cents, type LinkedSet, mostOver, type OrderLinks, orderLinks, requirementCents } from '@app/portfolio';
import type { AccountMargin } from './account-margin.js';
import { isEquityBound } from './class-group.js';
import type { Holding } from './holding.js';
import { type Piece, withoutDominated } from './piece.js';
import { tradedStrategies, type TradedSymbol } from './traded-symbol.js';
import type { WorkingFill } from './working-fill.js';
import { classGroupPieces, strategyPieces } from './worst-piece.js';

/** Combinations of pieces of class groups that orders join: more than these are bounded group by group. */
const COMBINATIONS_AT_MOST = 5_000;

/** Orders that stand in one class group, or that an order or a link joins, and their class groups. */
interface Component {
  readonly classGroups: readonly string[];
  readonly fills: readonly WorkingFill[];
}

export interface JoinedOrders extends Component {
  /** Symbols that strategy rules margin. */
  readonly strategies: readonly TradedSymbol[];
  readonly links: OrderLinks;
  /** Of each class group, then of each of those symbols. */
  readonly pieces: readonly (readonly Piece[])[];
}

function components(fills: readonly WorkingFill[]): Component[] {
  let joined: { keys: Set<string>; fills: WorkingFill[] }[] = [];
  for (const fill of fills) {
    const { order, after, oneOf } = fill.working;
    const keys = new Set(fill.holdings.map(groupOrStrategy));
    keys.add(`order ${order.clOrdId}`);
    if (after !== null) keys.add(`order ${after}`);
    if (oneOf !== null) keys.add(`one of ${oneOf}`);
    const touching = joined.filter((part) => [...keys].some((key) => part.keys.has(key)));
    const merged = {
      keys: new Set([...keys, ...touching.flatMap((part) => [...part.keys])]),
      fills: [...touching.flatMap((part) => part.fills), fill],
    };
    joined = [...joined.filter((part) => !touching.includes(part)), merged];
  }
  return joined.map(({ fills: members }) => ({
    fills: members,
    classGroups: [
      ...new Set(
        members.flatMap(({ holdings }) =>
          holdings.filter(({ strategy }) => strategy === null).map(({ underlying }) => underlying.classGroup),
        ),
      ),
    ],
  }));
}

function groupOrStrategy({ underlying, strategy }: Holding): string {
  return strategy === null ? `group ${underlying.classGroup}` : `strategy ${underlying.symbol}`;
}

/**
 * Parts of the orders that have nothing to do with each other, each with its pieces; and class groups that no order
 * touches but whose requirement depends on the account's equity, which costs may lower.
 */
export function joinedOrders(before: AccountMargin, fills: readonly WorkingFill[]): readonly JoinedOrders[] {
  const parts = components(fills);
  const touched = new Set(parts.flatMap(({ classGroups }) => classGroups));
  const bound = fills.every(({ cost }) => cost === 0)
    ? []
    : [...before.classGroups.values()].filter((group) => isEquityBound(group.plan) && !touched.has(group.classGroup));
  return [...parts, ...bound.map(({ classGroup }) => ({ classGroups: [classGroup], fills: [] }))].map((part) => {
    const strategies = tradedStrategies(before, part.fills);
    const pieces = [
      ...part.classGroups.map((name) => classGroupPieces(name, before.classGroups.get(name), part.fills)),
      ...strategies.map(strategyPieces),
    ];
    return {
      ...{ ...part, strategies },
      links: orderLinks(part.fills.map(({ working }) => working)),
      // Only products of pieces are worth the sorting out.
      pieces: pieces.length === 1 ? pieces : pieces.map(withoutDominated),
    };
  });
}

/** The worst of one part. */
interface WorstPart {
  readonly part: JoinedOrders;
  readonly filled: readonly WorkingFill[];
  /** Dollars of requirement, standing alone, and of costs. */
  readonly most: number;
  readonly isBound: boolean;
}

/** The worst over all fills of requirement plus costs, each class group standing alone. */
export interface WorstFound {
  readonly parts: readonly WorstPart[];
  /** In the order given. */
  readonly filled: readonly WorkingFill[];
  /** No fills come to more; no number where that is too large to be exact. */
  readonly most: Cents;
}

/** Rounded up to the cent is each class group by itself, under the rules of a house up to four times. */
const ROUNDINGS = 4;

/** The worst over all fills of requirement plus `costOf` what fills, dollars; `others` is what nothing here touches. */
export function worstSearch(
  fills: readonly WorkingFill[],
  parts: readonly JoinedOrders[],
  others: Cents,
  costOf: (fill: WorkingFill) => number,
): WorstFound {
  const found = parts.map((part): WorstPart => {
    const costs = Float64Array.from(part.fills, costOf);
    const combinations = part.pieces.reduce((product, each) => product * each.length, 1);
    const worst = combinations <= COMBINATIONS_AT_MOST ? worstTogether : worstApart;
    const { most, filled, isBound } = worst(part.pieces, part.links.sets, costs);
    return { part, filled: filled.map((place) => part.fills[place]), most, isBound };
  });
  const filled = new Set(found.flatMap((each) => each.filled));
  const most = found.reduce(
    (sum, each) => sum + (requirementCents(each.most) ?? NaN) + ROUNDINGS * each.part.pieces.length,
    others,
  );
  return { parts: found, filled: fills.filter((fill) => filled.has(fill)), most };
}

interface Worst {
  readonly most: number;
  /** Places of the orders that fill. */
  readonly filled: readonly number[];
  readonly isBound: boolean;
}

/**
 * A sum of maxima is the maximum over all choices of one piece each, and a linear function is largest where every
 * order that adds fills whole.
 */
function worstTogether(groups: readonly (readonly Piece[])[], sets: readonly LinkedSet[], costs: Float64Array): Worst {
  let worst: Worst = { most: -Infinity, filled: [], isBound: false };
  const choose = (place: number, { constant, slopes, isBound }: Piece): void => {
    if (place < groups.length) {
      for (const piece of groups[place]) {
        choose(place + 1, {
          constant: constant + piece.constant,
          slopes: slopes.map((slope, i) => slope + piece.slopes[i]),
          isBound: isBound || piece.isBound,
        });
      }
      return;
    }
    const { most, filled } = mostOver(sets, slopes);
    if (constant + most > worst.most) worst = { most: constant + most, filled, isBound };
  };
  choose(0, { constant: 0, slopes: costs, isBound: false });
  return worst;
}

/** Each class group at its own worst, as if orders could fill in one and not in the other. */
function worstApart(groups: readonly (readonly Piece[])[], sets: readonly LinkedSet[], costs: Float64Array): Worst {
  const share = costs.map((cost) => cost / groups.length);
  const worsts = groups.map((pieces) => worstTogether([pieces], sets, share));
  return {
    most: worsts.reduce((sum, { most }) => sum + most, 0),
    filled: worsts.reduce((a, b) => (b.most > a.most ? b : a)).filled,
    isBound: true,
  };
}
