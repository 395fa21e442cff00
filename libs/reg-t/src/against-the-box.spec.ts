import type { Order, Side } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { sharesAgainstTheBox } from './against-the-box.js';

const order = (side: Side, quantity: number, symbol = 'XYZ'): Order => ({
  clOrdId: '1',
  orderQty: new Decimal(quantity),
  price: null,
  legs: [{ symbol, side, ratioQty: new Decimal(1) }],
});
const boxed = (held: number, ...orders: Order[]): number | undefined =>
  sharesAgainstTheBox([{ symbol: 'XYZ', quantity: new Decimal(held) }], orders, (symbol) => symbol === 'XYZ')
    .get('XYZ')
    ?.toNumber();

describe('shares against the box', () => {
  it.each([
    ['a short sale of what is held', 100, [order('SELL_SHORT', 60)], 60],
    ['more sold short than is held', 100, [order('SELL_SHORT', 160)], 100],
    ['a sale of what is held', 100, [order('SELL', 60)], undefined],
    ['a sale beyond what is held', 100, [order('SELL', 160)], undefined],
    ['a purchase against a short', -100, [order('BUY', 160)], undefined],
    ['bought and sold short', 0, [order('BUY', 100), order('SELL_SHORT', 100)], 100],
    ['covered again', 100, [order('SELL_SHORT', 60), order('BUY', 40)], 20],
    ['an option, which nets', 0, [order('BUY', 5, 'OPT'), order('SELL_SHORT', 5, 'OPT')], undefined],
  ])('%s', (_, held, orders, expected) => {
    expect(boxed(held, ...orders)).toBe(expected);
  });
});
