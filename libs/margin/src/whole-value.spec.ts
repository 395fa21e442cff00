import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import { wholeValue } from './whole-value.js';

const multipliers = fc.constantFrom(1, 10, 100, 150, 2_000);

function expectExact(price: Decimal, multiplier: number): void {
  const whole = wholeValue(price, price.toNumber(), multiplier)!;
  const worth = new Decimal(whole.value).times('1e-6').plus(new Decimal(whole.below).times('1e-10'));
  expect(worth).toEqual(price.times(multiplier));
  expect(whole.below).toBeGreaterThanOrEqual(0);
  expect(whole.below).toBeLessThan(10_000);
}

describe('a market value in whole multiples', () => {
  it('is price times multiplier, to the last of ten digits', () => {
    const units = fc.bigInt({ min: 0n, max: 10n ** 16n }).map((each) => new Decimal(`${each}e-10`));
    const cents = fc.nat(400_000_000).map((each) => new Decimal(each).dividedBy(100));
    fc.assert(fc.property(fc.oneof(units, cents), multipliers, expectExact));
  });

  it('is exact around the price from which float64 cannot tell ten digits', () => {
    for (const price of [
      '262143.9999999999',
      '262144',
      '262144.0000000001',
      '900000.1234567891',
      '0.0000000001',
      '0',
    ]) {
      expectExact(new Decimal(price), 100);
    }
  });

  it('is none beyond ten digits or what float64 holds', () => {
    const of = (price: string, multiplier: number) => wholeValue(new Decimal(price), Number(price), multiplier);
    expect(of('1.00000000001', 1)).toBeUndefined();
    expect(of('9007199254.740993', 1)).toBeUndefined();
    expect(of('1', 0.00000000001)).toBeUndefined();
  });
});
