import { type Order, orderPositions, type Portfolio, type Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { sharesAgainstTheBox } from './against-the-box.js';
import { type Excess, excessAfter } from './excess-after.js';
import type { RegTGaps } from './reg-t-gap.js';
import type { Boxed } from './reg-t-group.js';
import type { RegTContext } from './reg-t-holding.js';
import { type RegTMargin, regTMarginAfter } from './reg-t-margin.js';
import { type RegTFill, unitsOf } from './working-fill.js';

/** What so many steps of each order trade and pay. */
interface FilledSteps {
  readonly trades: readonly Position[];
  readonly cash: Decimal;
  readonly boxed: Boxed;
}

/** The account when so many steps of each order have filled. */
export function marginAtSteps(
  portfolio: Portfolio,
  before: RegTMargin,
  fills: readonly RegTFill[],
  steps: readonly number[],
  context: RegTContext,
): RegTMargin | RegTGaps {
  const { trades, cash, boxed } = filledSteps(portfolio, fills, steps, context);
  return regTMarginAfter(before, trades, cash, context, boxed);
}

/** Its excess alone. */
export function excessAtSteps(
  portfolio: Portfolio,
  before: RegTMargin,
  fills: readonly RegTFill[],
  steps: readonly number[],
  context: RegTContext,
): Excess | RegTGaps {
  const { trades, cash, boxed } = filledSteps(portfolio, fills, steps, context);
  return excessAfter(before, trades, cash, context, boxed);
}

function filledSteps(
  { positions }: Portfolio,
  fills: readonly RegTFill[],
  steps: readonly number[],
  context: RegTContext,
): FilledSteps {
  const orders = fills.map((fill, i): Order => ({ ...fill.working.order, orderQty: unitsOf(fill, steps[i]) }));
  const filled = orders.filter(({ orderQty }) => orderQty.greaterThan(0));
  const cash = fills.reduce((sum, { unitCash }, i) => sum.plus(unitCash.times(orders[i].orderQty)), ZERO);
  const isStock = (symbol: string): boolean => context.market.instrument(symbol)?.kind === 'UNDERLYING';
  return { trades: filled.flatMap(orderPositions), cash, boxed: sharesAgainstTheBox(positions, filled, isStock) };
}

const ZERO = new Decimal(0);
