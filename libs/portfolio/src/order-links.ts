import type { Order } from './order.js';
import { isLinked, type WorkingOrder } from './working-order.js';

/**
 * Which working orders can fill together. Filled parts of a set of which one fills at most sum to no more than what
 * they wait for has filled; what is largest over such trees of a linear function is found from the leaves.
 */
export interface OrderLinks {
  /** Sets of roots: of each at most one fills. An order that stands for itself is a set of one. */
  readonly sets: readonly LinkedSet[];
  /** False where links contradict each other and some were left out, which permits more fills than there can be. */
  readonly isWhole: boolean;
}

export type LinkedSet = readonly LinkedOrder[];

interface LinkedOrder {
  readonly index: number;
  readonly exits: readonly LinkedSet[];
}

export function orderLinks(orders: readonly WorkingOrder[]): OrderLinks {
  const ids = new Set(orders.map(({ order }) => order.clOrdId));
  const parents = new Map<string, Set<string>>();
  const setsOf = new Map<string, Map<string, number[]>>();
  orders.forEach(({ order, after, oneOf }, index) => {
    // What it waited for is no longer working: it has filled.
    const parent = after !== null && ids.has(after) ? `after ${after}` : '';
    const sets = setsOf.get(parent) ?? new Map<string, number[]>();
    const name = oneOf === null ? `alone ${order.clOrdId}` : `one of ${oneOf}`;
    sets.set(name, [...(sets.get(name) ?? []), index]);
    setsOf.set(parent, sets);
    parents.set(name, (parents.get(name) ?? new Set()).add(parent));
  });
  const reached = new Set<number>();
  const setsUnder = (parent: string): LinkedSet[] =>
    [...(setsOf.get(parent)?.values() ?? [])].map((indices) =>
      indices.map((index) => {
        reached.add(index);
        return { index, exits: setsUnder(`after ${orders[index].order.clOrdId}`) };
      }),
    );
  const sets = setsUnder('');
  // Orders that wait for each other in a circle are taken to stand for themselves.
  const circular = orders.flatMap((_, index) => (reached.has(index) ? [] : [[{ index, exits: [] }]]));
  const isWhole = circular.length === 0 && [...parents.values()].every(({ size }) => size === 1);
  return { sets: [...sets, ...circular], isWhole };
}

/** The most that Σ slopes[i]·f[i] can be, and the orders that fill whole there: none that adds nothing. */
export function mostOver(
  sets: readonly LinkedSet[],
  slopes: Float64Array,
): { most: number; filled: readonly number[] } {
  let most = 0;
  const filled: number[] = [];
  for (const set of sets) {
    let best = { most: 0, filled: [] as readonly number[] };
    for (const { index, exits } of set) {
      const onwards = exits.length === 0 ? NOTHING : mostOver(exits, slopes);
      const value = slopes[index] + onwards.most;
      if (value > best.most) best = { most: value, filled: [index, ...onwards.filled] };
    }
    most += best.most;
    filled.push(...best.filled);
  }
  return { most, filled };
}

const NOTHING = { most: 0, filled: [] as readonly number[] };

/**
 * Sets of orders that can fill whole together and beside which no others can, so many that each order is in one; of
 * entries with exits also the entries alone.
 */
export function waysToFill(orders: readonly WorkingOrder[]): readonly (readonly Order[])[] {
  if (!orders.some(isLinked)) return [orders.map(({ order }) => order)];
  const { sets } = orderLinks(orders);
  const ways = Array.from({ length: widthOf(sets) }, (_, choice) => [
    picked(sets, choice, false),
    ...(sets.flat().some(({ exits }) => exits.length > 0) ? [picked(sets, choice, true)] : []),
  ]);
  return ways.flat().map((indices) => indices.map((index) => orders[index].order));
}

function widthOf(sets: readonly LinkedSet[]): number {
  return Math.max(1, ...sets.map((set) => Math.max(set.length, ...set.map(({ exits }) => widthOf(exits)))));
}

function picked(sets: readonly LinkedSet[], choice: number, withExits: boolean): readonly number[] {
  return sets.flatMap((set) => {
    const { index, exits } = set[choice % set.length];
    return [index, ...(withExits ? picked(exits, choice, true) : [])];
  });
}
