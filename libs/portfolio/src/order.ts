import { Decimal } from 'decimal.js';
import { type Mark, marketValue } from './mark.js';
import type { Position } from './portfolio.js';

/** FIX 54: margin treats SELL and SELL_SHORT alike, the position they leave decides. */
export type Side = 'BUY' | 'SELL' | 'SELL_SHORT';

export interface OrderLeg {
  readonly symbol: string;
  readonly side: Side;
  /** Units of this leg in one unit of the order, > 0. */
  readonly ratioQty: Decimal;
}

export interface Order {
  readonly clOrdId: string;
  /** Units of the order, > 0. */
  readonly orderQty: Decimal;
  /**
   * One leg: the price itself. Several legs: the net price of one unit, + paid, − received. Null trades at the mark.
   */
  readonly price: Decimal | null;
  readonly legs: readonly OrderLeg[];
}

/** What an order does when it fills whole. */
export interface Fill {
  readonly positions: readonly Position[];
  /** Dollars, + received, − paid. */
  readonly cashChange: Decimal;
}

const ZERO = new Decimal(0);

/** Signed quantities of a whole fill, one a leg. */
export function orderPositions(order: Order): Position[] {
  return order.legs.map(({ symbol, side, ratioQty }) => {
    const quantity = order.orderQty.times(ratioQty);
    return { symbol, quantity: side === 'BUY' ? quantity : quantity.negated() };
  });
}

/**
 * Positions and cash of a whole fill; undefined where a net price has no single meaning.
 *
 * A net price is per share of the option contract, as exchanges quote complex orders: a buy-write of 100 shares and
 * one call at 96.05 costs 9,605.00. So legs with contracts of different sizes, or a future among them, have none.
 */
export function orderFill(order: Order, markOf: (symbol: string) => Mark): Fill | undefined {
  const positions = orderPositions(order);
  const { price } = order;
  if (price === null) {
    const cost = positions.reduce((sum, { symbol, quantity }) => sum.plus(marketValue(quantity, markOf(symbol))), ZERO);
    return { positions, cashChange: cost.negated() };
  }
  if (positions.length === 1) {
    const { symbol, quantity } = positions[0];
    const mark = markOf(symbol);
    // A future's price is not paid: what is settled is how far the mark is from it.
    const paid = mark.instrument.kind === 'FUTURE' ? price.minus(mark.price) : price;
    return { positions, cashChange: quantity.times(paid).times(mark.multiplier).negated() };
  }
  const unit = netPriceMultiplier(order, markOf);
  return unit && { positions, cashChange: order.orderQty.times(price).times(unit).negated() };
}

/** What orders do when they all fill whole. */
export interface Fills {
  readonly trades: readonly Position[];
  /** Dollars, + received. */
  readonly cashChange: Decimal;
  /** Orders whose net price has no single meaning, and which are not in `cashChange`. */
  readonly ambiguous: readonly Order[];
}

export function orderFills(orders: readonly Order[], markOf: (symbol: string) => Mark): Fills {
  const ambiguous: Order[] = [];
  const trades: Position[] = [];
  let cashChange = ZERO;
  for (const order of orders) {
    const fill = orderFill(order, markOf);
    if (fill === undefined) ambiguous.push(order);
    else cashChange = cashChange.plus(fill.cashChange);
    trades.push(...(fill?.positions ?? orderPositions(order)));
  }
  return { trades, cashChange, ambiguous };
}

function netPriceMultiplier(order: Order, markOf: (symbol: string) => Mark): Decimal | undefined {
  const marks = order.legs.map(({ symbol }) => markOf(symbol));
  if (marks.some(({ instrument }) => instrument.kind === 'FUTURE')) return undefined;
  const contracts = marks.filter(({ instrument }) => instrument.kind === 'OPTION');
  const unit = (contracts[0] ?? marks[0]).multiplier;
  return contracts.every(({ multiplier }) => multiplier.equals(unit)) ? unit : undefined;
}
