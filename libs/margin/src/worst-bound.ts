import type { AccountMargin } from './account-margin.js';
import type { ClassPlan } from './class-plan.js';
import { type Gaps, isGaps } from './gap.js';
import { type Hold, holdPlus, marginWithHold, NOTHING_HELD_BACK, orderHold } from './hold.js';
import type { Holding, MarginContext } from './holding.js';
import { groupKey } from './product-group.js';
import type { WorkingFill } from './working-order.js';

/**
 * Whether the requirement is a sum of class groups' greater of scan loss and minimum charge as far as the orders reach:
 * what the search for the worst fills takes apart. Offsets between class groups, floors and multiples of the house,
 * strategy rules and an initial requirement of its own are not.
 */
export function isSumOfClassGroups(
  before: AccountMargin,
  fills: readonly WorkingFill[],
  { rules: { account } }: MarginContext,
): boolean {
  if (account.largestNames !== null || account.initialMultiplier !== 1 || before.totals.equityBound > 0) return false;
  return fills.every(({ holdings }) => holdings.every(isPlain));
}

function isPlain({ underlying, strategy, plan }: Holding): boolean {
  return strategy === null && groupKey(underlying) === null && !plan.isSeparate && addsNothing(plan);
}

function addsNothing({ numbers }: ClassPlan): boolean {
  const { shortMinimumFraction, shortMinimumMoney, marketValueFloor, equityShares, expectedMove } = numbers;
  const floors = shortMinimumFraction + shortMinimumMoney + marketValueFloor;
  const isBound = expectedMove !== null || equityShares.length > 0;
  return floors === 0 && !isBound && numbers.sharesOutstanding === null && numbers.daysVolume === null;
}

/** No fills require more, or leave less equity: the account with every order held at its worst, point by point. */
export function heldAtWorst(
  before: AccountMargin,
  fills: readonly WorkingFill[],
  context: MarginContext,
): AccountMargin | Gaps {
  let total: Hold = NOTHING_HELD_BACK;
  for (const { working } of fills) {
    const hold = orderHold(working.order, before, context);
    if (isGaps(hold)) return hold;
    total = holdPlus(total, hold);
  }
  return marginWithHold(before, total, context);
}
