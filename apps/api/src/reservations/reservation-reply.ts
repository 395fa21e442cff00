import { centsText, type Order } from '@app/portfolio';
import type { StoredReservation } from '@app/store';
import type { Decimal } from 'decimal.js';
import { linkLines } from '../what-if/linked-orders.js';
import { reservedOrders } from '../what-if/stored-orders.js';
import type { HeldOrderDto, ReservationDto } from './reservation.dto.js';

/** A reservation in the contract's form. */
export function reservationReply(reservation: StoredReservation): ReservationDto {
  const { id, accountId, state, heldCents, validUntil, replacedId, version, leaves } = reservation;
  const orders = reservedOrders(reservation);
  return {
    id,
    accountId,
    state,
    held: centsText(state === 'WORKING' ? heldCents : 0),
    validUntil: validUntil.toISOString(),
    replaces: replacedId,
    version,
    orders: orders.map(({ order }, place) => orderLine(order, leaves[place])),
    links: linkLines(orders),
    createdAt: reservation.createdAt.toISOString(),
    updatedAt: reservation.updatedAt.toISOString(),
  };
}

export function orderLine({ clOrdId, orderQty, price, legs }: Order, leaves: Decimal): HeldOrderDto {
  return {
    clOrdId,
    orderQty: orderQty.toFixed(),
    cumQty: leaves === orderQty ? '0' : orderQty.minus(leaves).toFixed(),
    leavesQty: leaves.toFixed(),
    price: price === null ? null : price.toFixed(),
    legs: legs.map(({ symbol, side, ratioQty }) => ({ symbol, side, ratioQty: ratioQty.toFixed() })),
  };
}
