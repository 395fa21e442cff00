import type { Instrument } from '@app/market';
import { Decimal } from 'decimal.js';
import { mark, type Mark, marketValue } from './mark.js';
import { legsValue, type Order, orderFill, type Side } from './order.js';

/** Only what a mark is read for. */
const instrument = (kind: Instrument['kind'], multiplier: string): Instrument =>
  ({ kind, multiplier: new Decimal(multiplier) }) as Instrument;
const priced = (kind: Instrument['kind'], price: string, multiplier: string): Mark =>
  mark(instrument(kind, multiplier), new Decimal(price));

const MARKS: Readonly<Record<string, Mark>> = {
  IBM: priced('UNDERLYING', '97.73', '1'),
  SPY: priced('UNDERLYING', '145.30', '1'),
  CALL: priced('OPTION', '1.68', '100'),
  PUT: priced('OPTION', '3.18', '100'),
  MINI: priced('OPTION', '1.68', '10'),
  ES: priced('FUTURE', '5000', '50'),
};
const markOf = (symbol: string): Mark => MARKS[symbol];

type LegText = readonly [side: Side, ratioQty: string, symbol: string];

function order(orderQty: string, price: string | null, ...legs: readonly LegText[]): Order {
  return {
    clOrdId: '1',
    orderQty: new Decimal(orderQty),
    price: price === null ? null : new Decimal(price),
    legs: legs.map(([side, ratioQty, symbol]) => ({ side, ratioQty: new Decimal(ratioQty), symbol })),
  };
}

const cash = (given: Order): string | undefined => orderFill(given, markOf)?.cashChange.toFixed(2);

describe('what a fill does to cash', () => {
  it.each<[string, Order, string]>([
    ['shares bought', order('100', '97.00', ['BUY', '1', 'IBM']), '-9700.00'],
    ['shares sold', order('100', '97.00', ['SELL', '1', 'IBM']), '9700.00'],
    ['shares sold short', order('100', '97.00', ['SELL_SHORT', '1', 'IBM']), '9700.00'],
    ['a contract, times its multiplier', order('10', '1.50', ['SELL', '1', 'CALL']), '1500.00'],
    ['a mini contract', order('10', '1.50', ['BUY', '1', 'MINI']), '-150.00'],
    ['a ratio, times the units of the order', order('10', '1.50', ['BUY', '2', 'CALL']), '-3000.00'],
    ['no price: the mark', order('10', null, ['BUY', '1', 'CALL']), '-1680.00'],
    ['a price of zero is a price', order('10', '0', ['BUY', '1', 'CALL']), '0.00'],
    ['several legs at the mark', order('1', null, ['BUY', '100', 'IBM'], ['SELL', '1', 'CALL']), '-9605.00'],
    ['a buy-write at a net price', order('1', '96.05', ['BUY', '100', 'IBM'], ['SELL', '1', 'CALL']), '-9605.00'],
    ['a credit received', order('10', '-4.86', ['SELL', '1', 'CALL'], ['SELL', '1', 'PUT']), '4860.00'],
    ['a pair of shares at a net price', order('100', '47.57', ['BUY', '1', 'SPY'], ['SELL', '1', 'IBM']), '-4757.00'],
    ['a future at its mark', order('2', null, ['BUY', '1', 'ES']), '0.00'],
    ['a future bought under its mark', order('2', '4990', ['BUY', '1', 'ES']), '1000.00'],
    ['a future sold under its mark', order('2', '4990', ['SELL', '1', 'ES']), '-1000.00'],
  ])('%s', (_, given, expected) => {
    expect(cash(given)).toBe(expected);
  });

  it.each<[string, Order]>([
    ['contracts of two sizes', order('1', '1.00', ['BUY', '1', 'CALL'], ['SELL', '10', 'MINI'])],
    ['a future among them', order('1', '1.00', ['BUY', '1', 'CALL'], ['SELL', '2', 'ES'])],
  ])('is not known from a net price of several legs with %s', (_, given) => {
    expect(orderFill(given, markOf)).toBeUndefined();
    expect(orderFill({ ...given, price: null }, markOf)).toBeDefined();
  });
});

it('a fill at the marks exchanges value for cash to the last digit', () => {
  const given = order('7', null, ['BUY', '3', 'SPY'], ['SELL', '2', 'PUT'], ['BUY', '1', 'ES']);
  const { positions, cashChange } = orderFill(given, markOf)!;
  const value = positions.reduce(
    (sum, { symbol, quantity }) => sum.plus(marketValue(quantity, MARKS[symbol])),
    cashChange,
  );
  expect(value.isZero()).toBe(true);
});

it('positions of a fill are signed: + bought, − sold', () => {
  const given = order('5', null, ['BUY', '2', 'CALL'], ['SELL', '1', 'PUT'], ['SELL_SHORT', '100', 'IBM']);
  const { positions } = orderFill(given, markOf)!;
  expect(positions.map(({ symbol, quantity }) => `${symbol} ${quantity.toFixed()}`)).toEqual([
    'CALL 10',
    'PUT -5',
    'IBM -500',
  ]);
});

it.each<readonly (readonly [quantity: string, symbol: string])[]>([
  [],
  [['3', 'CALL']],
  [
    ['-3', 'CALL'],
    ['7', 'IBM'],
    ['0.5', 'PUT'],
    ['2', 'ES'],
  ],
  [
    ['90071992547409', 'CALL'],
    ['90071992547409', 'PUT'],
    ['-90071992547409', 'CALL'],
    ['0.001', 'IBM'],
  ],
])('what is traded is worth the sum of its parts, to the last digit (%#)', (...legs) => {
  const held = legs.map(([quantity, symbol]) => ({
    position: { symbol, quantity: new Decimal(quantity) },
    mark: markOf(symbol),
  }));
  const value = held.reduce(
    (sum, { position, mark }) => sum.plus(marketValue(position.quantity, mark)),
    new Decimal(0),
  );
  expect(legsValue(held).toFixed()).toBe(value.toFixed());
});
