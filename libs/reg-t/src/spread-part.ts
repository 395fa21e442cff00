import type { Formula } from './formula.js';
import { isLong, type Line, type OptionLine } from './line.js';
import { groupLoss, type SpreadGroup } from './spread-group.js';
import { spreadShape } from './spread-shape.js';

/** A piece of what a group holds, carried as one spread. */
export interface SpreadPart {
  readonly formula: Formula;
  /** Contracts of each member. */
  readonly counts: readonly number[];
  /** Dollars. */
  readonly loss: number;
}

/** Losses are sums of products of binary fractions. */
const NOISE_DOLLARS = 1e-6;

/**
 * What a group holds, in pieces that a reader recognises and that together lose no more than the whole: two-legged
 * spreads as far as taking them out costs nothing, then what is left as one spread.
 */
export function spreadParts(lines: readonly Line[], group: SpreadGroup, counts: readonly number[]): SpreadPart[] {
  const parts: SpreadPart[] = [];
  const rest = [...counts];
  let restLoss = groupLoss(lines, group, rest);
  for (const { short, long, lossEach } of verticals(lines, group, counts)) {
    const units = Math.min(rest[short], rest[long]);
    if (units === 0) continue;
    const without = rest.map((count, i) => (i === short || i === long ? count - units : count));
    const lossWithout = groupLoss(lines, group, without);
    if (lossWithout + units * lossEach > restLoss + NOISE_DOLLARS) continue;
    without.forEach((count, i) => (rest[i] = count));
    restLoss = lossWithout;
    parts.push({
      formula: 'SPREAD',
      counts: counts.map((_, i) => (i === short || i === long ? units : 0)),
      loss: units * lossEach,
    });
  }
  if (rest.every((count) => count === 0)) return parts;
  return [...parts, { formula: spreadShape(lines, group, rest), counts: rest, loss: restLoss }];
}

interface Vertical {
  readonly short: number;
  readonly long: number;
  readonly lossEach: number;
}

/** Every short with every long of its right and size, the cheapest first, then the nearest strikes. */
function verticals(lines: readonly Line[], group: SpreadGroup, counts: readonly number[]): Vertical[] {
  const members = group.members.flatMap((line, place) =>
    counts[place] === 0 ? [] : [{ place, option: lines[line] as OptionLine }],
  );
  const shorts = members.filter(({ option }) => !isLong(option));
  return shorts
    .flatMap((short) =>
      members
        .filter(({ option: { quantity, right, multiplier } }) => {
          return quantity > 0 && right === short.option.right && multiplier === short.option.multiplier;
        })
        .map((long) => {
          const one = counts.map((_, i) => (i === short.place || i === long.place ? 1 : 0));
          const distance = Math.abs(short.option.strike - long.option.strike);
          return { short: short.place, long: long.place, lossEach: groupLoss(lines, group, one), distance };
        }),
    )
    .sort((a, b) => a.lossEach - b.lossEach || a.distance - b.distance);
}
