import type { Order } from '@app/portfolio';
import { fieldDecimal } from '../fields/decimal.js';
import { fieldSymbol } from '../fields/symbol.js';
import type { FieldFaults } from './field-faults.js';
import type { OrderDto } from './order.dto.js';

/** Orders as the engine takes them; what cannot be meant goes to `faults`, under the pointer `within`. */
export function ordersFromDto(orders: readonly OrderDto[], faults: FieldFaults, within = ''): Order[] {
  faults.unique(`${within}/orders`, orders, ({ clOrdId }) => clOrdId, 'clOrdId');
  return orders.map((order, index) => {
    const pointer = `${within}/orders/${index}`;
    const price = order.price === undefined || order.price === null ? null : fieldDecimal(order.price);
    if (price?.isNegative() && order.legs.length === 1) {
      faults.add(`${pointer}/price`, 'order.price_negative', 'The price of a single leg cannot be negative.');
    }
    return {
      clOrdId: order.clOrdId,
      orderQty: fieldDecimal(order.orderQty),
      price,
      legs: order.legs.map(({ symbol, side, ratioQty }) => ({
        symbol: fieldSymbol(symbol),
        side,
        ratioQty: fieldDecimal(ratioQty),
      })),
    };
  });
}
