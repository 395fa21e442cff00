import type { Future, Option, Underlying } from '@app/market';
import { Decimal } from 'decimal.js';
import { mark, marketValue, sharesOf } from './mark.js';

const hundred = new Decimal(100);
const share = { kind: 'UNDERLYING' } as Underlying;
const option = { kind: 'OPTION', multiplier: hundred } as Option;
const future = { kind: 'FUTURE', multiplier: hundred } as Future;

it('a share stands for itself, a contract for its multiplier', () => {
  const price = new Decimal('1.68');
  expect(mark(share, price).multiplier.toFixed()).toBe('1');
  expect(mark(option, price).multiplier).toBe(hundred);
  expect(mark(future, price).multiplier).toBe(hundred);
});

it('market value is signed like the quantity, and a future has none', () => {
  const price = new Decimal('1.68');
  const value = (quantity: number, instrument: Underlying | Option | Future): string =>
    marketValue(new Decimal(quantity), mark(instrument, price)).toFixed(2);
  expect(value(10, share)).toBe('16.80');
  expect(value(-10, option)).toBe('-1680.00');
  expect(value(10, future)).toBe('0.00');
});

it('shares are the exact product rounded once, also of fractions', () => {
  const of = (quantity: string, multiplier: string): number =>
    sharesOf(new Decimal(quantity), mark({ ...option, multiplier: new Decimal(multiplier) }, hundred));
  expect(of('-17', '100')).toBe(-1700);
  expect(of('0.1', '100')).toBe(10);
  expect(of('123456789012', '10000')).toBe(1_234_567_890_120_000);
});
