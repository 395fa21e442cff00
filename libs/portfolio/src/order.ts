import { Decimal } from 'decimal.js';
import { type Mark, marketValue, wholeValue } from './mark.js';
import type { Position } from './portfolio.js';
import { negated, wholeNumber } from './whole-number.js';

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
  /** Dollars against the marks: `fillGain`. */
  readonly gain: Decimal;
}

/** A leg with what a unit of it counts for. */
export interface PricedLeg {
  readonly position: Position;
  readonly mark: Mark;
}

const ZERO = new Decimal(0);

/** Signed quantities of a whole fill, one a leg. */
export function orderPositions({ orderQty, legs }: Order): Position[] {
  return legs.map(({ symbol, side, ratioQty }) => {
    const quantity = wholeNumber(ratioQty) === 1 ? orderQty : orderQty.times(ratioQty);
    return { symbol, quantity: side === 'BUY' ? quantity : negated(quantity) };
  });
}

/** Market value of what is traded, dollars, + where more is bought than sold. */
export function legsValue(legs: readonly PricedLeg[]): Decimal {
  let wholeDollars = 0;
  let rest = ZERO;
  for (const { position, mark } of legs) {
    const value = wholeValue(position.quantity, mark);
    if (value !== undefined && Number.isSafeInteger(wholeDollars + value)) wholeDollars += value;
    else rest = rest.plus(marketValue(position.quantity, mark));
  }
  return rest.isZero() ? new Decimal(wholeDollars) : rest.plus(wholeDollars);
}

/**
 * What a whole fill gains against the marks, dollars: the cash it brings and the market value of its legs. Undefined
 * where a net price has no single meaning.
 *
 * A net price is per share of the option contract, as exchanges quote complex orders: a buy-write of 100 shares and
 * one call at 96.05 costs 9,605.00. So legs with contracts of different sizes, or a future among them, have none.
 */
export function fillGain({ orderQty, price }: Order, legs: readonly PricedLeg[]): Decimal | undefined {
  if (price === null) return ZERO;
  const value = legsValue(legs);
  if (legs.length === 1) {
    const { position, mark } = legs[0];
    // A future's price is not paid: what is settled is how far the mark is from it.
    const paid = mark.instrument.kind === 'FUTURE' ? price.minus(mark.price) : price;
    return value.minus(position.quantity.times(paid).times(mark.multiplier));
  }
  const unit = netPriceMultiplier(legs);
  return unit && value.minus(orderQty.times(price).times(unit));
}

/** Positions and cash of a whole fill; undefined where a net price has no single meaning. */
export function orderFill(order: Order, markOf: (symbol: string) => Mark): Fill | undefined {
  const positions = orderPositions(order);
  const legs = positions.map((position) => ({ position, mark: markOf(position.symbol) }));
  const gain = fillGain(order, legs);
  return gain && { positions, gain, cashChange: gain.minus(legsValue(legs)) };
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

function netPriceMultiplier(legs: readonly PricedLeg[]): Decimal | undefined {
  const marks = legs.map(({ mark }) => mark);
  if (marks.some(({ instrument }) => instrument.kind === 'FUTURE')) return undefined;
  const contracts = marks.filter(({ instrument }) => instrument.kind === 'OPTION');
  const unit = (contracts[0] ?? marks[0]).multiplier;
  return contracts.every(({ multiplier }) => multiplier.equals(unit)) ? unit : undefined;
}
