import type { AccountMargin } from './account-margin.js';
import { type Gaps, isGaps } from './gap.js';
import { marginWithHold } from './hold.js';
import type { MarginContext } from './holding.js';
import { linkedHold } from './linked-hold.js';
import type { WorkingFill } from './working-fill.js';

/** No fills require more, or leave less equity: the account with every order held at its worst, point by point. */
export function heldAtWorst(
  before: AccountMargin,
  fills: readonly WorkingFill[],
  context: MarginContext,
): AccountMargin | Gaps {
  const orders = fills.map(({ working }) => working);
  const hold = linkedHold(orders, before, context);
  return isGaps(hold) ? hold : marginWithHold(before, hold, context);
}
