import {
  collar,
  conversion,
  coveredCall,
  coveredPut,
  type HedgedStock,
  protectiveCall,
  protectivePut,
  reversal,
} from './stock-hedge.js';

const long = (price: number): HedgedStock => ({
  price,
  alone: { initial: 0.5 * price, maintenance: 0.25 * price },
  rate: 0.25,
  exerciseRate: 0.1,
});
const short = (price: number): HedgedStock => ({
  ...long(price),
  alone: { initial: 0.5 * price, maintenance: 0.3 * price },
});

describe('stock with an option', () => {
  it.each([
    ['covered call out of the money', coveredCall(long(100), 0), { initial: 50, maintenance: 25 }],
    ['covered call in the money', coveredCall(long(100), 10), { initial: 60, maintenance: 35 }],
    ['covered put in the money', coveredPut(short(95), 5), { initial: 52.5, maintenance: 33.5 }],
    ['protective put', protectivePut(long(500), 480), { initial: 250, maintenance: 68 }],
    ['protective put far below: the stock’s own', protectivePut(long(500), 300), { initial: 250, maintenance: 125 }],
    ['protective call', protectiveCall(short(100), 105), { initial: 50, maintenance: 15.5 }],
    ['protective call far above', protectiveCall(short(100), 150), { initial: 50, maintenance: 30 }],
    ['conversion', conversion(long(500), 500), { initial: 250, maintenance: 50 }],
    ['conversion with its call in the money', conversion(long(110), 100), { initial: 65, maintenance: 20 }],
    ['reversal with its put in the money', reversal(short(95), 100), { initial: 52.5, maintenance: 15 }],
    ['collar', collar(long(500), 480, 520), { initial: 250, maintenance: 68 }],
    ['collar far below its stock', collar(long(500), 100, 520), { initial: 250, maintenance: 130 }],
    ['collar with its call in the money', collar(long(530), 480, 520), { initial: 275, maintenance: 108 }],
  ])('%s', (_, actual, expected) => {
    expect(actual.initial).toBeCloseTo(expected.initial, 10);
    expect(actual.maintenance).toBeCloseTo(expected.maintenance, 10);
  });

  it('never asks less at first than it keeps', () => {
    const dear: HedgedStock = { ...long(10), alone: { initial: 5, maintenance: 10 } };
    expect(protectivePut(dear, 9)).toEqual({ initial: 5, maintenance: 1.9 });
    expect(conversion({ ...dear, exerciseRate: 1 }, 12)).toEqual({ initial: 12, maintenance: 12 });
  });
});
