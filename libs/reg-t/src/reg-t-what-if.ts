import { distinctGaps } from '@app/market';
import { type Fills, type Order, orderFills, orderPositions, type Portfolio } from '@app/portfolio';
import { sharesAgainstTheBox } from './against-the-box.js';
import { isRegTGaps, regTGap, type RegTGaps } from './reg-t-gap.js';
import { type RegTContext, type RegTHolding, regTHolding } from './reg-t-holding.js';
import { type RegTMargin, regTMargin, regTMarginAfter } from './reg-t-margin.js';

export interface RegTWhatIf {
  readonly before: RegTMargin;
  readonly after: RegTMargin;
}

/**
 * What orders do to an account under these rules when they all fill whole. `before` may be handed in where it was
 * computed for an earlier question on the same portfolio and context.
 */
export function regTWhatIf(
  portfolio: Portfolio,
  orders: readonly Order[],
  context: RegTContext,
  before: RegTMargin | RegTGaps = regTMargin(portfolio, context),
): RegTWhatIf | RegTGaps {
  const filled = fills(orders, context);
  if (isRegTGaps(before) || isRegTGaps(filled)) {
    return distinctGaps([...(isRegTGaps(before) ? before : []), ...(isRegTGaps(filled) ? filled : [])]);
  }
  const isStock = (symbol: string): boolean => context.market.instrument(symbol)?.kind === 'UNDERLYING';
  const boxed = sharesAgainstTheBox(portfolio.positions, orders, isStock);
  const after = regTMarginAfter(before, filled.trades, filled.cashChange, context, boxed);
  return isRegTGaps(after) ? after : { before, after };
}

/** The orders filled whole, or everything that keeps them from being priced. */
function fills(orders: readonly Order[], context: RegTContext): Fills | RegTGaps {
  const holdings = orders.flatMap(orderPositions).map((position) => regTHolding(position, context));
  const missing = holdings.filter(isRegTGaps).flat();
  if (missing.length > 0) return missing;
  const marks = new Map((holdings as RegTHolding[]).map(({ position, mark }) => [position.symbol, mark]));
  const filled = orderFills(orders, (symbol) => marks.get(symbol)!);
  if (filled.ambiguous.length === 0) return filled;
  return filled.ambiguous.map(({ legs }) => regTGap('order.net_price_ambiguous', legs[0].symbol));
}
