import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { decimalSum, numberOf, wholeNumber } from './whole-number.js';

const RUNS = { seed: 20_260_821, numRuns: 2_000 };

const decimalText = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.nat(10))
  .map(([sign, digits, places]) => `${sign}${new Decimal(digits.toString()).times(`1e-${places}`).toFixed()}`);

it('is the number that decimal.js gives, or none', () => {
  fc.assert(
    fc.property(decimalText, (text) => {
      const value = new Decimal(text);
      expect(numberOf(value)).toBe(value.toNumber());
      const whole = wholeNumber(value);
      if (value.isInteger() && value.abs().lt(1e14)) expect(whole).toBe(value.toNumber());
      else expect(whole).toBeUndefined();
    }),
    RUNS,
  );
});

it.each(['0', '-0', '1', '9999999', '10000000', '10000001', '99999999999999', '70000000000000'])('has %s', (text) => {
  expect(wholeNumber(new Decimal(text))).toBe(Number(text));
});

it.each(['NaN', 'Infinity', '-Infinity', '0.5', '100000000000000', '12345678.5'])('leaves %s to decimal.js', (text) => {
  expect(wholeNumber(new Decimal(text))).toBeUndefined();
  expect(numberOf(new Decimal(text))).toBe(Number(text));
});

it('sums are those of decimal.js, to the last digit', () => {
  fc.assert(
    fc.property(decimalText, decimalText, (a, b) => {
      const sum = decimalSum(new Decimal(a), new Decimal(b));
      expect(sum.toFixed()).toBe(new Decimal(a).plus(b).toFixed());
    }),
    RUNS,
  );
});
