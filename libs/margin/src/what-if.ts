import { distinctGaps } from '@app/market';
import { type Fills, type Order, orderFills, orderPositions, type Portfolio } from '@app/portfolio';
import { accountMargin, type AccountMargin, accountMarginAfter } from './account-margin.js';
import { type Judgement, judgement } from './decision.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';

export interface WhatIf extends Judgement {
  readonly before: AccountMargin;
  readonly after: AccountMargin;
}

/**
 * What orders do to an account when they all fill whole. `before` may be handed in where it was computed for an
 * earlier question on the same portfolio and context: the orders then cost only the class groups they touch.
 */
export function whatIf(
  portfolio: Portfolio,
  orders: readonly Order[],
  context: MarginContext,
  before: AccountMargin | Gaps = accountMargin(portfolio, context),
): WhatIf | Gaps {
  const filled = fills(orders, context);
  if (isGaps(before) || isGaps(filled)) {
    return distinctGaps([...(isGaps(before) ? before : []), ...(isGaps(filled) ? filled : [])]);
  }
  const after = accountMarginAfter(before, filled.trades, filled.cashChange, context);
  return isGaps(after) ? after : { before, after, ...judgement(before, after) };
}

/** The orders filled whole, or everything that keeps them from being priced. */
function fills(orders: readonly Order[], context: MarginContext): Fills | Gaps {
  const holdings = orders.flatMap(orderPositions).map((position) => holding(position, context));
  const missing = holdings.filter(isGaps).flat();
  if (missing.length > 0) return missing;
  const marks = new Map((holdings as Holding[]).map(({ position, mark }) => [position.symbol, mark]));
  const filled = orderFills(orders, (symbol) => marks.get(symbol)!);
  if (filled.ambiguous.length === 0) return filled;
  return filled.ambiguous.map(({ legs }) => marginGap('order.net_price_ambiguous', legs[0].symbol));
}
