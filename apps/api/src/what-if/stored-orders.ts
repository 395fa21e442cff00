import type { Side, WorkingOrder } from '@app/portfolio';
import type { StoredReservation } from '@app/store';
import { Decimal } from 'decimal.js';

interface StoredOrder {
  readonly clOrdId: string;
  readonly orderQty: string;
  readonly price: string | null;
  readonly legs: readonly { readonly symbol: string; readonly side: Side; readonly ratioQty: string }[];
  /** Only of linked ones. */
  readonly after?: string;
  readonly oneOf?: string;
}

/** Orders with their links as they are stored: exact decimals as text. */
export function ordersText(orders: readonly WorkingOrder[]): string {
  const stored: StoredOrder[] = orders.map(({ order: { clOrdId, orderQty, price, legs }, after, oneOf }) => ({
    clOrdId,
    orderQty: orderQty.toFixed(),
    price: price === null ? null : price.toFixed(),
    legs: legs.map(({ symbol, side, ratioQty }) => ({ symbol, side, ratioQty: ratioQty.toFixed() })),
    ...(after !== null && { after }),
    ...(oneOf !== null && { oneOf }),
  }));
  return JSON.stringify(stored);
}

/** What `ordersText` wrote. */
export function ordersFromText(text: string): readonly WorkingOrder[] {
  return (JSON.parse(text) as StoredOrder[]).map(({ clOrdId, orderQty, price, legs, after, oneOf }) => ({
    order: {
      clOrdId,
      orderQty: new Decimal(orderQty),
      price: price === null ? null : new Decimal(price),
      legs: legs.map(({ symbol, side, ratioQty }) => ({ symbol, side, ratioQty: new Decimal(ratioQty) })),
    },
    after: after ?? null,
    oneOf: oneOf ?? null,
  }));
}

/** The orders of a reservation as they were asked for. */
export function reservedOrders({ orders }: Pick<StoredReservation, 'orders'>): readonly WorkingOrder[] {
  return ordersFromText(orders);
}
