import { regTRules } from '@app/rules';
import { longStock, shortStock, type StockTerms, stockAgainstTheBox } from './stock-requirement.js';

const rules = regTRules('2026-08-21')!;
const stock = (price: number, changes: Partial<StockTerms> = {}): StockTerms => ({
  price,
  leverage: 1,
  isMargin: true,
  ...changes,
});

describe('long stock', () => {
  it.each([
    ['half at first, a quarter kept', stock(500), { initial: 250, maintenance: 125 }],
    ['all of a non-margin stock', stock(8, { isMargin: false }), { initial: 8, maintenance: 8 }],
    ['twice the rate of a 2x fund', stock(100, { leverage: 2 }), { initial: 50, maintenance: 50 }],
    ['no initial below what is kept', stock(100, { leverage: 3 }), { initial: 75, maintenance: 75 }],
    ['no more than its value', stock(100, { leverage: -5 }), { initial: 100, maintenance: 100 }],
    ['no less for half a multiple', stock(100, { leverage: 0.5 }), { initial: 50, maintenance: 25 }],
    ['nothing of a worthless one', stock(0), { initial: 0, maintenance: 0 }],
  ])('%s', (_, terms, expected) => {
    expect(longStock(terms, rules)).toEqual(expected);
  });

  it('has the plain rate where the notices are not yet in force', () => {
    const earlier = regTRules('2009-11-30')!;
    expect(longStock(stock(100, { leverage: 3 }), earlier).maintenance).toBe(25);
  });
});

describe('short stock', () => {
  it.each([
    ['half at first, 30 % kept', stock(50), { initial: 25, maintenance: 15 }],
    ['$5.00 a share kept from $5 on', stock(5), { initial: 5, maintenance: 5 }],
    ['$5.00 a share up to 16.67', stock(16), { initial: 8, maintenance: 5 }],
    ['all of its value under $5', stock(4.5), { initial: 4.5, maintenance: 4.5 }],
    ['$2.50 a share under $2.50', stock(1), { initial: 2.5, maintenance: 2.5 }],
    ['three times the rate of a 3x fund', stock(100, { leverage: 3 }), { initial: 90, maintenance: 90 }],
  ])('%s', (_, terms, expected) => {
    const { initial, maintenance } = shortStock(terms, rules);
    expect(initial).toBeCloseTo(expected.initial, 10);
    expect(maintenance).toBeCloseTo(expected.maintenance, 10);
  });
});

it('stock held long and sold short keeps 5 % of the long value', () => {
  expect(stockAgainstTheBox(stock(50), rules)).toEqual({ initial: 25, maintenance: 2.5 });
});
