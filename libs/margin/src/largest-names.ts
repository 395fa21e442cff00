import { type Cents, requirementCents } from '@app/portfolio';
import type { AccountRules } from '@app/rules';
import type { ClassGroup } from './class-group-after.js';
import { type ClassSums, profitAt } from './class-sums.js';

/**
 * The riskiest class groups up to a large move and all others up to a lesser one, all the same way, on the worse side:
 * what is lost, in cents (Interactive Brokers: the two riskiest ±30 %, the rest ±5 %). Gains of one do not count against
 * losses of another. Undefined where it is too large to be exact.
 */
export function largestNamesLoss(
  classGroups: Iterable<ClassGroup>,
  { names }: NonNullable<AccountRules['largestNames']>,
): Cents | undefined {
  const groups = [...classGroups];
  const sides = [0, 1].map((side) => {
    const lost = groups.map(({ plan, sums }) => ({
      large: worstLoss(sums, plan.largestNames!.large[side]),
      other: worstLoss(sums, plan.largestNames!.other[side]),
    }));
    return namesLoss(lost, names);
  });
  const worse = Math.max(...sides);
  return Number.isNaN(worse) ? undefined : worse;
}

/** What is lost where so many of the class groups lose `large` and the rest `other`, whichever come to most. */
export function namesLoss(lost: readonly { readonly large: Cents; readonly other: Cents }[], names: number): Cents {
  const others = lost.reduce((sum, { other }) => sum + other, 0);
  // Those that the large move costs most more: no other choice of as many loses more together.
  const more = lost.map(({ large, other }) => Math.max(0, large - other)).sort((a, b) => b - a);
  return more.slice(0, names).reduce((sum, extra) => sum + extra, others);
}

/** The greatest loss on the way, in cents; no number where it is too large to be exact. */
function worstLoss(sums: ClassSums, places: readonly number[]): number {
  let least = 0;
  for (const place of places) least = Math.min(least, profitAt(sums, place));
  return requirementCents(-least) ?? NaN;
}
