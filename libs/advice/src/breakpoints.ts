import type { AccountMargin, WhatIf } from '@app/margin';
import type { Portfolio } from '@app/portfolio';
import type { Multiples, OrderUnit } from './multiple.js';

/*
 * Where the account's requirement bends as units of an order are added: a position changes its sign, or another
 * valuation point, or the minimum charge, becomes what a class group owes. Too many places do no harm, as every one is
 * only asked about; between two of them requirement and equity are straight lines.
 */

/** value(n) = constant + slope × n. */
interface Line {
  readonly constant: number;
  readonly slope: number;
}

/** Units, not whole, ascending, in (0, most). */
export function breakpoints(portfolio: Portfolio, unit: OrderUnit, most: number, at: Multiples): readonly number[] {
  const turns = signChanges(portfolio, unit).filter((n) => n > 0 && n < most);
  const ends = [0, ...turns, most];
  const bends = ends.slice(1).flatMap((end, i) => {
    const [from, to] = [Math.ceil(ends[i]), Math.floor(end)];
    return from < to ? bendsBetween(from, to, at) : [];
  });
  return [...new Set([...turns, ...bends])].sort((a, b) => a - b);
}

/** Units at which a position is nothing. */
function signChanges({ positions }: Portfolio, { legs }: OrderUnit): number[] {
  const traded = new Map<string, number>();
  for (const { symbol, side, ratioQty } of legs) {
    const units = ratioQty.toNumber() * (side === 'BUY' ? 1 : -1);
    traded.set(symbol, (traded.get(symbol) ?? 0) + units);
  }
  const held = new Map<string, number>();
  for (const { symbol, quantity } of positions) held.set(symbol, (held.get(symbol) ?? 0) + quantity.toNumber());
  return [...traded]
    .map(([symbol, units]) => -(held.get(symbol) ?? 0) / units)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
}

/** Where two of a class group's lines meet, no position changing its sign between `from` and `to`. */
function bendsBetween(from: number, to: number, at: Multiples): number[] {
  // A line is known by two places; those near `from` are the exact ones where the last amounts are too large.
  const [first, second] = [at(from), at(from + 1)];
  if (first === null || second === null) return [];
  return changedGroups(first, second).flatMap((name) => {
    const lines = groupLines(first.after, second.after, name, from);
    return lines.flatMap((a, i) =>
      lines
        .slice(i + 1)
        .map((b) => (b.constant - a.constant) / (a.slope - b.slope))
        .filter((n) => n > from && n < to),
    );
  });
}

function changedGroups({ before, after }: WhatIf, further: WhatIf): string[] {
  const names = [...before.classGroups.keys(), ...after.classGroups.keys(), ...further.after.classGroups.keys()];
  return [...new Set(names)].filter((name) => after.classGroups.get(name) !== further.after.classGroups.get(name));
}

/** Losses at the valuation points, the minimum charge, and owing nothing. */
function groupLines(a: AccountMargin, b: AccountMargin, name: string, from: number): Line[] {
  const [first, second] = [a, b].map((margin) => margin.classGroups.get(name)?.inForce);
  const through = (y: number, z: number): Line => ({ constant: y - (z - y) * from, slope: z - y });
  const points = (first ?? second)?.scenarios.length ?? 0;
  const losses = Array.from({ length: points }, (_, k) =>
    through(-(first?.scenarios[k] ?? 0), -(second?.scenarios[k] ?? 0)),
  );
  return [{ constant: 0, slope: 0 }, through(first?.minimumCharge ?? 0, second?.minimumCharge ?? 0), ...losses];
}
