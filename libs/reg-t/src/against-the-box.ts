import { Decimal } from 'decimal.js';
import type { Order, Position } from '@app/portfolio';
import type { Boxed } from './reg-t-group.js';

/**
 * Shares that orders leave held long and sold short at once: a SELL takes from what is held, a SELL_SHORT never does,
 * a BUY covers what is short first. Positions kept as one number a symbol cannot say this, the orders can.
 * `isStock` tells which symbols can be boxed.
 */
export function sharesAgainstTheBox(
  positions: readonly Position[],
  orders: readonly Order[],
  isStock: (symbol: string) => boolean,
): Boxed {
  const sides = new Map<string, { long: Decimal; short: Decimal }>();
  const sideOf = (symbol: string): { long: Decimal; short: Decimal } => {
    const net = Decimal.sum(0, ...positions.filter((each) => each.symbol === symbol).map(({ quantity }) => quantity));
    const known = sides.get(symbol) ?? { long: Decimal.max(net, 0), short: Decimal.max(net.negated(), 0) };
    sides.set(symbol, known);
    return known;
  };
  for (const { orderQty, legs } of orders) {
    for (const { symbol, side, ratioQty } of legs.filter((leg) => isStock(leg.symbol))) {
      const held = sideOf(symbol);
      const quantity = orderQty.times(ratioQty);
      const [from, to] = side === 'BUY' ? (['short', 'long'] as const) : (['long', 'short'] as const);
      const closed = side === 'SELL_SHORT' ? new Decimal(0) : Decimal.min(held[from], quantity);
      held[from] = held[from].minus(closed);
      held[to] = held[to].plus(quantity.minus(closed));
    }
  }
  const boxed = [...sides].map(([symbol, { long, short }]) => [symbol, Decimal.min(long, short)] as const);
  return new Map(boxed.filter(([, shares]) => shares.greaterThan(0)));
}
