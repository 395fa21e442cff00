import type { AccountMargin } from './account-margin.js';
import { type Gaps, isGaps } from './gap.js';
import { type Hold, holdPlus, marginWithHold, NOTHING_HELD_BACK, orderHold } from './hold.js';
import type { MarginContext } from './holding.js';
import type { WorkingFill } from './working-order.js';

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
