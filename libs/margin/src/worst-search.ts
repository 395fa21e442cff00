import { type Cents, exactCents, requirementCents } from '@app/portfolio';
import type { AccountMargin } from './account-margin.js';
import type { MarginContext } from './holding.js';
import { type LinkedSet, mostOver, type OrderLinks, orderLinks } from './order-links.js';
import type { WorkingFill } from './working-order.js';
import { classGroupPieces, type Piece, withoutDominated } from './worst-piece.js';

/** Combinations of pieces of class groups that orders join: more than these are bounded group by group. */
const COMBINATIONS_AT_MOST = 5_000;

/** Orders that stand in one class group, or that an order or a link joins, and their class groups. */
interface Component {
  readonly classGroups: readonly string[];
  readonly fills: readonly WorkingFill[];
}

export interface JoinedOrders extends Component {
  readonly links: OrderLinks;
  /** Of each class group. */
  readonly pieces: readonly (readonly Piece[])[];
}

function components(fills: readonly WorkingFill[]): Component[] {
  let joined: { keys: Set<string>; fills: WorkingFill[] }[] = [];
  for (const fill of fills) {
    const { order, after, oneOf } = fill.working;
    const keys = new Set([...fill.holdings.map(({ underlying }) => `group ${underlying.classGroup}`)]);
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
    classGroups: [...new Set(members.flatMap(({ holdings }) => holdings.map((h) => h.underlying.classGroup)))],
  }));
}

/** Parts of the orders that have nothing to do with each other, each with its pieces. */
export function joinedOrders(
  before: AccountMargin,
  fills: readonly WorkingFill[],
  context: MarginContext,
): readonly JoinedOrders[] {
  return components(fills).map((part) => {
    const pieces = part.classGroups.map((name) =>
      classGroupPieces(name, before.classGroups.get(name), part.fills, context),
    );
    return {
      ...part,
      links: orderLinks(part.fills.map(({ working }) => working)),
      // Only products of pieces are worth the sorting out.
      pieces: pieces.length === 1 ? pieces : pieces.map(withoutDominated),
    };
  });
}

/** The worst that was found. */
interface Found {
  readonly filled: readonly WorkingFill[];
  readonly isExact: boolean;
  /** Requirement and costs of the worst, at most; undefined where too large to be exact. */
  readonly most: Cents | undefined;
}

/** The worst over all fills of requirement plus `costOf` what fills, dollars. */
export function worstSearch(
  before: AccountMargin,
  fills: readonly WorkingFill[],
  parts: readonly JoinedOrders[],
  costOf: (fill: WorkingFill) => number,
): Found {
  const filled = new Set<WorkingFill>();
  const touched = new Set(parts.flatMap(({ classGroups }) => classGroups));
  const others = [...before.classGroups.values()].filter(({ classGroup }) => !touched.has(classGroup));
  let most = others.reduce((sum, { inForce }) => sum + inForce.requirement!, 0);
  let isExact = true;
  for (const { pieces, links, fills: members, classGroups } of parts) {
    const costs = Float64Array.from(members, costOf);
    const combinations = pieces.reduce((product, each) => product * each.length, 1);
    const worst = combinations <= COMBINATIONS_AT_MOST ? worstTogether : worstApart;
    const found = worst(pieces, links.sets, costs);
    isExact &&= links.isWhole && !found.isBound;
    // Each class group is rounded up to the cent by itself.
    most += (requirementCents(found.most) ?? NaN) + classGroups.length;
    found.filled.forEach((place) => filled.add(members[place]));
  }
  return { filled: fills.filter((fill) => filled.has(fill)), isExact, most: exactCents(most) };
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
