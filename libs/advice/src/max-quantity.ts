import { type Gaps, isGaps, type MarginContext, type WhatIf } from '@app/margin';
import { regulatoryRules } from '@app/rules';
import { breakpoints } from './breakpoints.js';
import { type Multiples, multiples, type OrderUnit, passes } from './multiple.js';
import { refined } from './refined.js';
import type { SearchedAccount } from './searched-account.js';

/** Whole units that pass, both ends included. */
export interface UnitInterval {
  readonly from: number;
  readonly to: number;
}

interface PassingUnits {
  readonly units: number;
  readonly answer: WhatIf;
}

export interface MaxQuantity {
  /** All whole numbers of units from 1 to `most` that pass, ascending. */
  readonly intervals: readonly UnitInterval[];
  /** What the smallest and the largest of them do; null where none passes. */
  readonly smallest: PassingUnits | null;
  readonly largest: PassingUnits | null;
  /** What one unit more than the largest, or one unit where none passes, does; null where nothing was refused. */
  readonly refused: { readonly units: number; readonly answer: WhatIf | null } | null;
}

/**
 * How many whole units of an order pass, up to `most`. Between two bends requirement and equity are straight lines, so
 * what passes there begins and ends where one of the decision's conditions turns; each such place is computed, and
 * every whole number beside it is put to the engine. Rules of a house and offsets between class groups bend and break
 * elsewhere too: those places are closed in by halving.
 */
export function maxQuantity(account: SearchedAccount, unit: OrderUnit, most: number): MaxQuantity | Gaps {
  const at = multiples(unit, account);
  if (isGaps(at)) return at;
  const bends = beside(breakpoints(account.portfolio, unit, most, at), most);
  const known = beside([...bends, ...turns(bends, at)], most);
  const intervals = passing(isPlain(account.context, at) ? known : refined(known, at), at);
  const last = intervals.at(-1)?.to;
  const passed = (units: number | undefined) => (units === undefined ? null : { units, answer: at(units)! });
  const next = (last ?? 0) + 1;
  return {
    intervals,
    smallest: passed(intervals.at(0)?.from),
    largest: passed(last),
    refused: next > most ? null : { units: next, answer: at(next) },
  };
}

/** The ends, and the whole numbers on both sides of each place, ascending. */
function beside(places: readonly number[], most: number): number[] {
  const whole = places.flatMap((place) => [
    Math.floor(place) - 1,
    Math.floor(place),
    Math.ceil(place),
    Math.ceil(place) + 1,
  ]);
  return [...new Set([1, most, ...whole])].filter((n) => n >= 1 && n <= most).sort((a, b) => a - b);
}

/** Where, between two bends, excess turns negative or falls below what it was, or the requirement rises above that. */
function turns(bends: readonly number[], at: Multiples): number[] {
  return bends.slice(1).flatMap((to, i) => {
    const from = bends[i];
    const [a, b] = [at(from), at(to)];
    if (a === null || b === null) return [];
    return conditions(a)
      .map((start, c) => {
        const end = conditions(b)[c];
        return from + ((to - from) * start) / (start - end);
      })
      .filter((n) => n > from && n < to);
  });
}

/** Each is zero where a condition of the decision turns. */
function conditions({ before, after }: WhatIf): number[] {
  const excess = after.equity - after.requirement;
  return [excess, excess - (before.equity - before.requirement), before.requirement - after.requirement];
}

function passing(asked: readonly number[], at: Multiples): UnitInterval[] {
  const intervals: UnitInterval[] = [];
  let from = passes(at(asked[0])) ? asked[0] : null;
  for (let i = 1; i < asked.length; i++) {
    const [a, b] = [asked[i - 1], asked[i]];
    if (passes(at(a)) === passes(at(b))) continue;
    const change = lastLike(a, b, at);
    if (from === null) from = change + 1;
    else {
      intervals.push({ from, to: change });
      from = null;
    }
  }
  if (from !== null) intervals.push({ from, to: asked[asked.length - 1] });
  return intervals;
}

/** The last number from `a` on that passes, or fails, as `a` does; `b` does not. */
function lastLike(a: number, b: number, at: Multiples): number {
  const like = passes(at(a));
  let [low, high] = [a, b];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (passes(at(middle)) === like) low = middle;
    else high = middle;
  }
  return low;
}

/** Only the rule book's numbers, and class groups that stand alone. */
function isPlain({ valuation, rules }: MarginContext, at: Multiples): boolean {
  const book = regulatoryRules(valuation.market.valuationDate);
  return rules.version === book?.version && at(1)?.after.productGroups.size === 0;
}
