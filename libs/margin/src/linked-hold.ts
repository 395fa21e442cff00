import { distinctGaps } from '@app/market';
import { type LinkedSet, mostOver, orderLinks, type WorkingOrder } from '@app/portfolio';
import type { AccountMargin } from './account-margin.js';
import type { ClassPlan } from './class-plan.js';
import { type ClassSums, emptySums, sizedSums } from './class-sums.js';
import { type Gaps, isGaps } from './gap.js';
import { type HeldGroup, type Hold, orderHold } from './hold.js';
import type { MarginContext } from './holding.js';

/*
 * What linked orders hold. At one valuation point the loss of all that fills is linear in what fills of each order, so
 * its worst over the fills that the links allow is a sum of maxima along their tree; every other sum is of amounts that
 * only fills add to, and has a worst of its own. The sums of these worsts are exact, like those of any hold.
 */

/** What orders hold together, whichever of them fill and however far their links allow; everything that is missing. */
export function linkedHold(
  orders: readonly WorkingOrder[],
  positions: AccountMargin,
  context: MarginContext,
): Hold | Gaps {
  // Gains are counted: an exit may gain at a point what its entry loses there.
  const holds = orders.map(({ order }) => orderHold(order, positions, context, sizedSums));
  const gaps = holds.filter(isGaps).flat();
  if (gaps.length > 0) return distinctGaps(gaps);
  const each = holds as Hold[];
  const { sets, isWhole } = orderLinks(orders);
  const groups = new Map<string, HeldGroup>();
  for (const [name, group] of each.flatMap((hold) => [...hold.groups])) {
    if (groups.has(name)) continue;
    const sums = each.map((hold) => hold.groups.get(name)?.sums);
    groups.set(name, { ...group, sums: worstSums(sets, sums, group.plan) });
  }
  const most = (cents: (hold: Hold) => number): number => mostOver(sets, Float64Array.from(each, cents)).most;
  const spanning = sets.filter((set) => groupsOf(set, each).size > 1).length + (isWhole ? 0 : 1);
  return { groups, cost: most(({ cost }) => cost), strategy: most(({ strategy }) => strategy), spanning };
}

/** Each sum where it is worst: the least profit at a point, the greatest of everything else. */
function worstSums(sets: readonly LinkedSet[], each: readonly (ClassSums | undefined)[], plan: ClassPlan): ClassSums {
  const { sums } = emptySums(plan);
  for (let place = 0; 2 * place < sums.length; place++) {
    const sign = place < plan.points ? -1 : 1;
    const [coarse, fine] = mostExact(sets, (index) => {
      const own = each[index]?.sums;
      return own === undefined ? ZERO : [sign * own[2 * place], sign * own[2 * place + 1]];
    });
    // Not `sign * 0`, which may be −0: other bits than those of sums that never held it.
    sums[2 * place] = sign < 0 ? 0 - coarse : coarse;
    sums[2 * place + 1] = sign < 0 ? 0 - fine : fine;
  }
  const total = (of: (own: ClassSums) => number): number =>
    each.reduce((sum, own) => sum + (own === undefined ? 0 : of(own)), 0);
  return { sums, gross: total(({ gross }) => gross), lines: total(({ lines }) => lines) };
}

/** The two parts of an exact sum. */
type Exact = readonly [coarse: number, fine: number];

const ZERO: Exact = [0, 0];

/** As `mostOver`, without rounding. */
function mostExact(sets: readonly LinkedSet[], of: (index: number) => Exact): Exact {
  let [coarse, fine] = ZERO;
  for (const set of sets) {
    let best = ZERO;
    for (const { index, exits } of set) {
      const own = of(index);
      const onwards = mostExact(exits, of);
      const sum: Exact = [own[0] + onwards[0], own[1] + onwards[1]];
      if (sum[0] - best[0] + (sum[1] - best[1]) > 0) best = sum;
    }
    coarse += best[0];
    fine += best[1];
  }
  return [coarse, fine];
}

function groupsOf(set: LinkedSet, each: readonly Hold[]): ReadonlySet<string> {
  return new Set(
    set.flatMap(({ index, exits }) => [
      ...each[index].groups.keys(),
      ...exits.flatMap((onwards) => [...groupsOf(onwards, each)]),
    ]),
  );
}
