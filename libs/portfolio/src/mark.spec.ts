import type { Future, Option, Underlying } from '@app/market';
import { Decimal } from 'decimal.js';
import { marketValue, multiplier } from './mark.js';

const hundred = new Decimal(100);
const share = { kind: 'UNDERLYING' } as Underlying;
const option = { kind: 'OPTION', multiplier: hundred } as Option;
const future = { kind: 'FUTURE', multiplier: hundred } as Future;

it('a share stands for itself, a contract for its multiplier', () => {
  expect(multiplier(share).toFixed()).toBe('1');
  expect(multiplier(option)).toBe(hundred);
  expect(multiplier(future)).toBe(hundred);
});

it('market value is signed like the quantity, and a future has none', () => {
  const price = new Decimal('1.68');
  const value = (quantity: number, instrument: Underlying | Option | Future): string =>
    marketValue(new Decimal(quantity), { instrument, price, multiplier: multiplier(instrument) }).toFixed(2);
  expect(value(10, share)).toBe('16.80');
  expect(value(-10, option)).toBe('-1680.00');
  expect(value(10, future)).toBe('0.00');
});
