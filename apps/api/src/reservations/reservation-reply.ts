import { centsText, type Order } from '@app/portfolio';
import type { StoredReservation } from '@app/store';
import type { Decimal } from 'decimal.js';
import { reservedOrders } from '../what-if/working-orders.js';
import type { HeldOrderDto, ReservationDto } from './reservation.dto.js';

/** A reservation in the contract's form. */
export function reservationReply(reservation: StoredReservation): ReservationDto {
  const { id, accountId, state, heldCents, validUntil, replacedId, version, leaves } = reservation;
  return {
    id,
    accountId,
    state,
    held: centsText(state === 'WORKING' ? heldCents : 0),
    validUntil: validUntil.toISOString(),
    replaces: replacedId,
    version,
    orders: reservedOrders(reservation).map((order, place) => orderLine(order, leaves[place])),
    createdAt: reservation.createdAt.toISOString(),
    updatedAt: reservation.updatedAt.toISOString(),
  };
}

export function orderLine({ clOrdId, orderQty, price, legs }: Order, leaves: Decimal): HeldOrderDto {
  return {
    clOrdId,
    orderQty: orderQty.toFixed(),
    cumQty: orderQty.minus(leaves).toFixed(),
    leavesQty: leaves.toFixed(),
    price: price === null ? null : price.toFixed(),
    legs: legs.map(({ symbol, side, ratioQty }) => ({ symbol, side, ratioQty: ratioQty.toFixed() })),
  };
}
