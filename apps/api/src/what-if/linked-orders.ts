import { type Order, standingAlone, type WorkingOrder } from '@app/portfolio';
import type { FieldFaults } from './field-faults.js';
import type { OrderLinkDto } from './order-link.dto.js';

/** Orders with their links; what cannot be meant goes to `faults`. */
export function linkedOrders(
  orders: readonly Order[],
  links: readonly OrderLinkDto[] | undefined,
  faults: FieldFaults,
): WorkingOrder[] {
  if (links === undefined || links.length === 0) return orders.map(standingAlone);
  faults.unique('/links', links, ({ listId }) => listId, 'listId');
  const known = new Set(orders.map(({ clOrdId }) => clOrdId));
  const linkOf = new Map<string, OrderLinkDto>();
  links.forEach((link, index) =>
    link.clOrdIds.forEach((clOrdId, place) => {
      const pointer = `/links/${index}/clOrdIds/${place}`;
      if (!known.has(clOrdId)) faults.add(pointer, 'order.unknown', 'The request has no order with this clOrdId.');
      if (linkOf.has(clOrdId)) faults.add(pointer, 'link.order_twice', 'An order is in one link at most, and once.');
      linkOf.set(clOrdId, link);
    }),
  );
  return orders.map((order) => linked(order, linkOf.get(order.clOrdId)));
}

function linked(order: Order, link: OrderLinkDto | undefined): WorkingOrder {
  if (link === undefined) return standingAlone(order);
  const { listId, contingencyType, clOrdIds } = link;
  if (contingencyType === 'ONE_CANCELS_THE_OTHER') return { order, after: null, oneOf: listId };
  const [entry] = clOrdIds;
  return order.clOrdId === entry ? standingAlone(order) : { order, after: entry, oneOf: listId };
}

/** The links of orders as they were stated. */
export function linkLines(orders: readonly WorkingOrder[]): OrderLinkDto[] {
  const lines = new Map<string, OrderLinkDto>();
  for (const { order, after, oneOf } of orders) {
    if (oneOf === null) continue;
    const line = lines.get(oneOf) ?? {
      listId: oneOf,
      contingencyType: after === null ? 'ONE_CANCELS_THE_OTHER' : 'ONE_TRIGGERS_THE_OTHER',
      clOrdIds: after === null ? [] : [after],
    };
    line.clOrdIds.push(order.clOrdId);
    lines.set(oneOf, line);
  }
  return [...lines.values()];
}
