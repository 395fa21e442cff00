import { type Cents, type Order, orderPositions, type Portfolio, type WorkingOrder } from '@app/portfolio';
import {
  isRegTGaps,
  type RegTContext,
  type RegTGaps,
  type RegTMargin,
  type RegTWhatIf,
  regTWorstFill,
} from '@app/reg-t';

/** What working orders may take from the excess of an account under Regulation T, before and after a question's own. */
export interface HeldChange {
  readonly before: Cents;
  readonly after: Cents;
}

const NOTHING_HELD: HeldChange = { before: 0, after: 0 };

type Held = { readonly held: Cents } | RegTGaps;

/** Beside one margin, one list of orders: a search asks for many more beside it. */
const heldBeside = new WeakMap<RegTMargin, WeakMap<readonly WorkingOrder[], Held>>();

/** The most that is taken from excess, whichever of the orders execute. */
export function regTHeld(
  portfolio: Portfolio,
  margin: RegTMargin,
  working: readonly WorkingOrder[],
  context: RegTContext,
): Held {
  if (working.length === 0) return { held: 0 };
  const beside = heldBeside.get(margin) ?? new WeakMap<readonly WorkingOrder[], Held>();
  heldBeside.set(margin, beside);
  const held = beside.get(working) ?? heldNow(portfolio, margin, working, context);
  beside.set(working, held);
  return held;
}

function heldNow(
  portfolio: Portfolio,
  margin: RegTMargin,
  working: readonly WorkingOrder[],
  context: RegTContext,
): Held {
  const worst = regTWorstFill(portfolio, margin, working, context);
  return isRegTGaps(worst) ? worst : { held: Math.max(0, margin.excess - worst.leastExcess) };
}

/** The same before and after the orders of a what-if. */
export function regTHeldChange(
  { cash, positions }: Portfolio,
  orders: readonly Order[],
  { before, after }: RegTWhatIf,
  working: readonly WorkingOrder[],
  context: RegTContext,
): HeldChange | RegTGaps {
  if (working.length === 0) return NOTHING_HELD;
  const filled = { cash, positions: [...positions, ...orders.flatMap(orderPositions)] };
  const was = regTHeld({ cash, positions }, before, working, context);
  const is = regTHeld(filled, after, working, context);
  if (isRegTGaps(was)) return was;
  return isRegTGaps(is) ? is : { before: was.held, after: is.held };
}
