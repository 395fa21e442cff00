import type { Decimal } from 'decimal.js';
import { distinctGaps } from '@app/market';
import { type Cents, exactCents, type Mark, orderFill, type Position, type WorkingOrder } from '@app/portfolio';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';

/** What a working order would do if it filled whole. */
export interface WorkingFill {
  readonly working: WorkingOrder;
  readonly trades: readonly Position[];
  /** Of each trade, one unit long: its risk arrays. */
  readonly holdings: readonly Holding[];
  /** Dollars, + received. */
  readonly cashChange: Decimal;
  /**
   * What it costs against the mark, rounded up to the cent, ≥ 0. A price better than the mark counts as none: an order
   * far from the market must not lend the account equity before it has filled.
   */
  readonly cost: Cents;
}

export interface WorkingFills {
  readonly fills: readonly WorkingFill[];
}

/** In the order given, or everything that is missing to know them. */
export function workingFills(orders: readonly WorkingOrder[], context: MarginContext): WorkingFills | Gaps {
  const fills = orders.map((working) => workingFill(working, context));
  const gaps = fills.filter(isGaps).flat();
  return gaps.length > 0 ? distinctGaps(gaps) : { fills: fills as WorkingFill[] };
}

function workingFill(working: WorkingOrder, context: MarginContext): WorkingFill | Gaps {
  const { order } = working;
  const held = order.legs.map(({ symbol, ratioQty }) => holding({ symbol, quantity: ratioQty }, context));
  const gaps = held.filter(isGaps).flat();
  if (gaps.length > 0) return gaps;
  const holdings = held as Holding[];
  const marks = new Map<string, Mark>(holdings.map(({ position, mark }) => [position.symbol, mark]));
  const fill = orderFill(order, (symbol) => marks.get(symbol)!);
  if (fill === undefined) return [marginGap('order.net_price_ambiguous', order.legs[0].symbol)];
  const { positions, cashChange, gain } = fill;
  const cost = gain.isNegative() ? exactCents(gain.negated().times(100).ceil().toNumber()) : 0;
  if (cost === undefined) return [marginGap('amount.too_large', order.legs[0].symbol)];
  return { working, trades: positions, holdings, cashChange, cost };
}
