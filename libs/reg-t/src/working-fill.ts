import { distinctGaps } from '@app/market';
import { type Order, orderFill, type Position, type WorkingOrder } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { isRegTGaps, regTGap, type RegTGaps } from './reg-t-gap.js';
import { type RegTContext, type RegTHolding, regTHolding } from './reg-t-holding.js';

/** What a working order does, unit by unit. */
export interface RegTFill {
  readonly working: WorkingOrder;
  /** Signed quantities of one unit, one a leg. */
  readonly unit: readonly Position[];
  readonly holdings: readonly RegTHolding[];
  /** Units in which it fills, one after the other; the last may be a part of one. */
  readonly steps: number;
  /** Dollars of one unit, + received: at the marks, less what its price is worse than they are; better counts as none. */
  readonly unitCash: Decimal;
  /** The same at its price, also a better one. */
  readonly unitCashAsPriced: Decimal;
}

/** More units than these are not counted one by one. */
const STEPS_AT_MOST = 1e12;

/** In the order given, or everything that is missing to know them. */
export function regTFills(
  orders: readonly WorkingOrder[],
  context: RegTContext,
): { readonly fills: readonly RegTFill[] } | RegTGaps {
  const fills = orders.map((working) => regTFill(working, context));
  const gaps = fills.filter(isRegTGaps).flat();
  return gaps.length > 0 ? distinctGaps(gaps) : { fills: fills as RegTFill[] };
}

function regTFill(working: WorkingOrder, context: RegTContext): RegTFill | RegTGaps {
  const { order } = working;
  const held = order.legs.map(({ symbol, ratioQty }) => regTHolding({ symbol, quantity: ratioQty }, context));
  const gaps = held.filter(isRegTGaps).flat();
  if (gaps.length > 0) return gaps;
  const holdings = held as RegTHolding[];
  const marks = new Map(holdings.map(({ position, mark }) => [position.symbol, mark]));
  const one: Order = { ...order, orderQty: new Decimal(1) };
  const fill = orderFill(one, (symbol) => marks.get(symbol)!);
  if (fill === undefined) return [regTGap('order.net_price_ambiguous', order.legs[0].symbol)];
  if (order.orderQty.greaterThan(STEPS_AT_MOST)) return [regTGap('amount.too_large', order.legs[0].symbol)];
  const value = fill.gain.minus(fill.cashChange);
  const unitCash = Decimal.min(0, fill.gain).minus(value);
  return {
    ...{ working, unit: fill.positions, holdings, steps: order.orderQty.ceil().toNumber() },
    ...{ unitCash, unitCashAsPriced: fill.cashChange },
  };
}

/** Units that so many steps are. */
export function unitsOf({ working: { order } }: RegTFill, steps: number): Decimal {
  return Decimal.min(steps, order.orderQty);
}
