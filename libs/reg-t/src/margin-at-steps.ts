import { orderPositions, type Order, type Portfolio } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { sharesAgainstTheBox } from './against-the-box.js';
import type { RegTGaps } from './reg-t-gap.js';
import type { RegTContext } from './reg-t-holding.js';
import { type RegTMargin, regTMarginAfter } from './reg-t-margin.js';
import { type RegTFill, unitsOf } from './working-fill.js';

/** The account when so many steps of each order have filled. */
export function marginAtSteps(
  { positions }: Portfolio,
  before: RegTMargin,
  fills: readonly RegTFill[],
  steps: readonly number[],
  context: RegTContext,
): RegTMargin | RegTGaps {
  const orders = fills.map((fill, i): Order => ({ ...fill.working.order, orderQty: unitsOf(fill, steps[i]) }));
  const filled = orders.filter(({ orderQty }) => orderQty.greaterThan(0));
  const cash = fills.reduce((sum, { unitCash }, i) => sum.plus(unitCash.times(orders[i].orderQty)), ZERO);
  const isStock = (symbol: string): boolean => context.market.instrument(symbol)?.kind === 'UNDERLYING';
  const boxed = sharesAgainstTheBox(positions, filled, isStock);
  return regTMarginAfter(before, filled.flatMap(orderPositions), cash, context, boxed);
}

const ZERO = new Decimal(0);
