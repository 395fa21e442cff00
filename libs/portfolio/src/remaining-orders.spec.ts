import { Decimal } from 'decimal.js';
import { remainingOrders } from './remaining-orders.js';
import type { WorkingOrder } from './working-order.js';

const order = (clOrdId: string, orderQty: string, after: string | null, oneOf: string | null): WorkingOrder => ({
  order: { clOrdId, orderQty: new Decimal(orderQty), price: null, legs: [] },
  after,
  oneOf,
});

const left = (orders: readonly WorkingOrder[], ...leaves: readonly string[]): string[] =>
  remainingOrders(
    orders,
    leaves.map((units) => new Decimal(units)),
  ).map(
    ({ order: { clOrdId, orderQty }, after }) => `${clOrdId} ${orderQty.toFixed()}${after ? ` after ${after}` : ''}`,
  );

describe('remainingOrders', () => {
  const either = [order('A', '100', null, 'L'), order('B', '300', null, 'L')];
  const bracket = [order('E', '100', null, null), order('X', '100', 'E', 'L'), order('Y', '50', 'E', 'L')];

  it('is what is left of orders that stand alone', () => {
    const alone = [order('A', '3', null, null), order('B', '7', null, null)];
    expect(left(alone, '1', '0')).toEqual(['A 1']);
    expect(remainingOrders(alone, [new Decimal(3), new Decimal(7)])).toEqual(alone);
  });

  it('takes from the others what has executed of one that cancels them', () => {
    expect(left(either, '100', '300')).toEqual(['A 100', 'B 300']);
    expect(left(either, '60', '300')).toEqual(['A 60', 'B 180']);
    expect(left(either, '0', '300')).toEqual([]);
    expect(left([order('A', '3', null, 'L'), order('B', '1', null, 'L')], '2', '1')).toEqual(['A 2', 'B 0.6666666667']);
  });

  it('is nothing where more has executed than the link allows', () => {
    expect(left(either, '0', '200')).toEqual([]);
  });

  it('lets exits execute as far as their entry has, and the rest wait for what is left of it', () => {
    expect(left(bracket, '100', '100', '50')).toEqual(['E 100', 'X 100 after E', 'Y 50 after E']);
    expect(left(bracket, '60', '100', '50')).toEqual(['E 60', 'X 40', 'X 60 after E', 'Y 20', 'Y 30 after E']);
    expect(left(bracket, '60', '90', '50')).toEqual(['E 60', 'X 30', 'X 60 after E', 'Y 15', 'Y 30 after E']);
    expect(left(bracket, '0', '100', '20')).toEqual(['X 40', 'Y 20']);
    expect(left(bracket, '0', '100', '0')).toEqual([]);
  });

  it('waits with what an exit has not executed where it was told of before its entry', () => {
    expect(left(bracket, '100', '70', '50')).toEqual(['E 100', 'X 70 after E', 'Y 35 after E']);
  });
});
