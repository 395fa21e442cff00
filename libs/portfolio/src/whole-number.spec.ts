import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { decimalOf, decimalSum, floorHundredths, negated, numberOf, wholeNumber } from './whole-number.js';

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

it('negatives are those of decimal.js, but that 0 has no sign', () => {
  fc.assert(
    fc.property(decimalText, (text) => {
      const value = negated(new Decimal(text));
      expect(value.toFixed()).toBe(new Decimal(text).negated().toFixed());
      expect(value.isZero() && value.isNegative()).toBe(false);
    }),
    RUNS,
  );
});

it('reads what decimal.js reads', () => {
  const digits = fc.oneof(fc.nat(2_000).map(String), fc.constantFrom('000', '007', '1.0', '99.', '-3'), decimalText);
  fc.assert(
    fc.property(fc.oneof(digits, fc.integer(), fc.double({ noNaN: true })), (value) => {
      expect(decimalOf(value).equals(new Decimal(value))).toBe(true);
    }),
    RUNS,
  );
});

it.each(['', ' 1', '1a', '٣'])('refuses %j as decimal.js does', (text) => {
  expect(() => decimalOf(text)).toThrow();
});

it('whole hundredths are the greatest that are no more', () => {
  const cents = fc.tuple(fc.maxSafeInteger(), fc.nat(4)).map(([n, places]) => new Decimal(n).times(`1e-${places}`));
  fc.assert(
    fc.property(
      fc.oneof(
        decimalText.map((text) => new Decimal(text)),
        cents,
      ),
      (value) => {
        expect(floorHundredths(value)).toBe(value.times(100).floor().toNumber() + 0);
      },
    ),
    { ...RUNS, numRuns: 10_000 },
  );
});

it.each(['-0.001', '-12.340001', '-12.34', '12.349', '-9999999.999', '-10000000.01', '0', '1e20'])(
  'hundredths of %s',
  (text) => {
    expect(floorHundredths(new Decimal(text))).toBe(new Decimal(text).times(100).floor().toNumber() + 0);
  },
);
