import type { LinkedSet } from '@app/portfolio';
import { type RegTFill, unitsOf } from './working-fill.js';

/** What binary fractions may be off. */
const CLOSE = 1e-9;

/**
 * Whether links allow so many steps of each order, or, of a box, any of its fills: what has filled of orders that cancel
 * each other comes to one whole at most, of exits to no more than `most` of their entry.
 */
export function areAllowed(
  sets: readonly LinkedSet[],
  fills: readonly RegTFill[],
  steps: readonly number[],
  most: readonly number[] = steps,
): boolean {
  const part = (index: number, of: readonly number[]): number =>
    unitsOf(fills[index], of[index]).dividedBy(fills[index].working.order.orderQty).toNumber();
  const within = (set: LinkedSet, room: number): boolean =>
    set.reduce((sum, { index }) => sum + part(index, steps), 0) <= room + CLOSE &&
    set.every(({ index, exits }) => exits.every((onwards) => within(onwards, part(index, most))));
  return sets.every((set) => within(set, 1));
}
