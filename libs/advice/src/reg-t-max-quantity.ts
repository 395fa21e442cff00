import type { Cents } from '@app/portfolio';
import type { UnitBounds } from '@app/reg-t';
import type { UnitInterval } from './max-quantity.js';

/** What passes is looked for under rules whose requirement is no straight line between any two places. */
export interface RegTUnits {
  /** All whole numbers of units that are known to pass, ascending. */
  readonly intervals: readonly UnitInterval[];
  /** Those of which it is not known. */
  readonly undecided: readonly UnitInterval[];
}

interface Deciding {
  readonly bounds: UnitBounds;
  /** Units looked at, from 1. */
  readonly most: number;
  /** Now, with what working orders hold. */
  readonly excess: Cents;
  /** Only orders that lower the requirement pass: there is a call that is overdue. */
  readonly isBarred: boolean;
  /** The engine's own answer. */
  readonly passes: (units: number) => boolean;
}

/** Lines that may be paired in all: a bound takes two pairings of so many. */
const LINES_AT_MOST = 1_000;
const LOOKS_AT_LEAST = 16;

/**
 * Which numbers of units pass: a range of which even the worst bound leaves excess passes, one of which even the best
 * leaves less than none and less than there was does not; others are halved, the widest first, down to single numbers,
 * which the engine answers. Yields between two looks, so that others can go on.
 */
export function* regTUnits({ bounds, most, excess, isBarred, passes }: Deciding): Generator<void, RegTUnits> {
  const passing: UnitInterval[] = [];
  let open = rangesBetween(bounds.turns, most);
  let looks = Math.max(LOOKS_AT_LEAST, Math.floor(LINES_AT_MOST / bounds.lines));
  while (open.length > 0 && looks > 0) {
    const widest = open.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a));
    open = open.filter((range) => range !== widest);
    const { from, to } = widest;
    looks -= from === to ? bounds.answer : 1;
    if (from === to) {
      if (passes(from)) passing.push(widest);
    } else if (!isBarred && bounds.least(from, to) >= 0) passing.push(widest);
    else if (!(bounds.most(from, to) < Math.min(0, excess))) {
      const middle = Math.floor((from + to) / 2);
      open = [...open, { from, to: middle }, { from: middle + 1, to }];
    }
    yield;
  }
  return { intervals: joined(passing), undecided: joined(open) };
}

function rangesBetween(turns: readonly number[], most: number): readonly UnitInterval[] {
  const ends = [...turns.filter((units) => units < most), most];
  return ends.map((to, i) => ({ from: i === 0 ? 1 : ends[i - 1] + 1, to }));
}

/** Ascending, neighbours as one. */
function joined(ranges: readonly UnitInterval[]): readonly UnitInterval[] {
  const found: UnitInterval[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last?.to === range.from - 1) found[found.length - 1] = { from: last.from, to: range.to };
    else found.push(range);
  }
  return found;
}
