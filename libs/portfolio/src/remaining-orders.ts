import { Decimal } from 'decimal.js';
import { isLinked, type WorkingOrder } from './working-order.js';

/** More digits than any quantity has: shares of orders are fractions. */
const Wide = Decimal.clone({ precision: 60 });
/** Decimals of a quantity. */
const UNIT_DECIMALS = 10;

/**
 * What may still execute of orders of which all but `leaves` has. Of orders that cancel each other the parts that execute
 * come to one whole at most, so that what has executed of one is gone from the others; of the exits of an entry they
 * come to no more than has executed of the entry, and what is left of it brings the rest. Entries wait for nothing.
 * An exit may come twice: the part that may execute now, and the part that waits.
 */
export function remainingOrders(orders: readonly WorkingOrder[], leaves: readonly Decimal[]): readonly WorkingOrder[] {
  if (!orders.some(isLinked)) {
    return orders
      .map((working, i) => ({ ...working, order: { ...working.order, orderQty: leaves[i] } }))
      .filter(({ order }) => !order.orderQty.isZero());
  }
  const executed = orders.map(({ order }, i) => new Wide(order.orderQty).minus(leaves[i]).dividedBy(order.orderQty));
  return orders.flatMap((working) => {
    const { order, after, oneOf } = working;
    const entry = after === null ? -1 : orders.findIndex((each) => each.order.clOrdId === after);
    const started = entry < 0 ? new Wide(1) : executed[entry];
    const isRival = (other: WorkingOrder): boolean =>
      other === working || (oneOf !== null && other.oneOf === oneOf && other.after === after);
    const used = executed.reduce((sum, part, j) => (isRival(orders[j]) ? sum.plus(part) : sum), new Wide(0));
    const part = (fraction: Decimal, links: Pick<WorkingOrder, 'after' | 'oneOf'>): WorkingOrder[] => {
      const orderQty = units(fraction.times(order.orderQty));
      return orderQty.greaterThan(0) ? [{ order: { ...order, orderQty }, ...links }] : [];
    };
    return [
      ...part(started.minus(used), { after: null, oneOf }),
      // A set of its own: the parts that wait do not exclude those that need not.
      ...part(new Wide(1).minus(Wide.max(started, used)), { after, oneOf: oneOf && `${oneOf} after ${after}` }),
    ];
  });
}

/** Never less than it is, but for what fractions of 60 digits lose. */
function units(quantity: Decimal): Decimal {
  const rounded = quantity.toDecimalPlaces(3 * UNIT_DECIMALS).toDecimalPlaces(UNIT_DECIMALS, Decimal.ROUND_UP);
  return new Decimal(rounded.toFixed());
}
