import { accountMarginAfter, classGrid, isGaps, type MarginContext, type WhatIf } from '@app/margin';
import { underlyingOf } from '@app/market';
import { type Cents, type Mark, type Order, orderFill, orderPositions } from '@app/portfolio';
import type { Decimal } from 'decimal.js';

/** What a whole fill does to cash, and to equity: the difference of its price to the mark. */
export function orderGain(order: Order, { valuation, rules }: MarginContext): { cashChange: Decimal; cents: number } {
  const markOf = (symbol: string): Mark => {
    const instrument = valuation.market.instrument(symbol)!;
    const { productClass } = underlyingOf(instrument, valuation.market)!;
    const array = valuation.riskArray(symbol, classGrid(rules.regulatory(productClass)));
    if (isGaps(array)) throw new Error('an order that was judged has its marks');
    return array.mark;
  };
  const { cashChange, gain } = orderFill(order, markOf)!;
  return { cashChange, cents: gain.times(100).toNumber() };
}

/** Null where an amount on the way is too large to be exact. */
export function marginals(
  order: Order,
  cashChange: Decimal,
  { before, after }: Pick<WhatIf, 'before' | 'after'>,
  context: MarginContext,
): { readonly standAlone: Cents | null; readonly leaveOneOut: Cents | null } {
  const trades = orderPositions(order);
  const undone = trades.map(({ symbol, quantity }) => ({ symbol, quantity: quantity.negated() }));
  const alone = accountMarginAfter(before, trades, cashChange, context);
  const without = accountMarginAfter(after, undone, cashChange.negated(), context);
  return {
    standAlone: isGaps(alone) ? null : alone.requirement - before.requirement,
    leaveOneOut: isGaps(without) ? null : after.requirement - without.requirement,
  };
}
