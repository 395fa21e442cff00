import { Decimal } from 'decimal.js';
import { type Mark, type Order, orderFill, orderPositions, type Portfolio, type Position } from '@app/portfolio';
import { accountMargin, type AccountMargin, accountMarginAfter } from './account-margin.js';
import { type Judgement, judgement } from './decision.js';
import { distinctGaps, type Gaps, isGaps, marginGap } from './gap.js';
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
  if (isGaps(before) || 'gaps' in filled) {
    return distinctGaps([...(isGaps(before) ? before : []), ...('gaps' in filled ? filled.gaps : [])]);
  }
  const after = accountMarginAfter(before, filled.trades, filled.cashChange, context);
  return isGaps(after) ? after : { before, after, ...judgement(before, after) };
}

interface Fills {
  readonly trades: readonly Position[];
  /** Dollars, + received. */
  readonly cashChange: Decimal;
}

function fills(orders: readonly Order[], context: MarginContext): Fills | { readonly gaps: Gaps } {
  const trades = orders.flatMap(orderPositions);
  const holdings = trades.map((position) => holding(position, context));
  const missing = holdings.filter(isGaps).flat();
  if (missing.length > 0) return { gaps: missing };
  const marks = new Map((holdings as Holding[]).map(({ position, mark }) => [position.symbol, mark]));
  const markOf = (symbol: string): Mark => marks.get(symbol)!;

  let cashChange = new Decimal(0);
  const gaps: Gaps[number][] = [];
  for (const order of orders) {
    const fill = orderFill(order, markOf);
    if (fill === undefined) gaps.push(marginGap('order.net_price_ambiguous', order.legs[0].symbol));
    else cashChange = cashChange.plus(fill.cashChange);
  }
  return gaps.length > 0 ? { gaps } : { trades, cashChange };
}
