import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { compiledValidator } from '../validation/compiled-validator.js';
import { DecimalField, decimalFault } from './decimal-field.js';

class BoundedDto {
  @DecimalField({ description: '', min: 0, max: 10, whole: true, optional: true }) whole?: string | number;
  @DecimalField({ description: '', positive: true, optional: true }) positive?: string | number;
}

describe('decimalFault', () => {
  it.each([
    '0',
    '-1',
    '0.5',
    '-0.0000000001',
    '999999999999999999.9999999999',
    0,
    -1.5,
    1e5,
    1e17,
    0.0000000001,
    99999.9999999999,
  ])('finds nothing wrong with %j', (value) => expect(decimalFault(value)).toBeUndefined());

  it.each([
    ['1e5', 'decimal number'],
    ['+1', 'decimal number'],
    ['01', 'decimal number'],
    ['', 'decimal number'],
    ['1.', 'decimal number'],
    ['.5', 'decimal number'],
    ['1,5', 'decimal number'],
    ['0x10', 'decimal number'],
    ['Infinity', 'decimal number'],
    ['1\n', 'decimal number'],
    ['-0', 'minus zero'],
    ['-0.00', 'minus zero'],
    [-0, 'minus zero'],
    ['1000000000000000000', '18 digits'],
    [1e18, '18 digits'],
    [1e308, '18 digits'],
    ['0.00000000001', '10 decimals'],
    [1e-11, '10 decimals'],
    [9007199254740992, '15 digits'],
    [0.17488446047247322, '15 digits'],
    [NaN, 'finite'],
    [-Infinity, 'finite'],
    [null, 'decimal string'],
    [true, 'decimal string'],
    [['1'], 'decimal string'],
  ])('says what is wrong with %j', (value, words) => expect(decimalFault(value)).toContain(words));

  it('accepts exactly the numbers that a decimal of 18 + 10 digits echoes unchanged', () => {
    const parts = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(13));
    fc.assert(
      fc.property(parts, ([digits, decimals]) => {
        const text = new Decimal(digits.toString()).div(new Decimal(10).pow(decimals)).toFixed();
        const [whole, fraction = ''] = text.replace('-', '').split('.');
        expect(decimalFault(text) === undefined).toBe(whole.length <= 18 && fraction.length <= 10);
      }),
    );
  });

  it('accepts every double of at most 15 digits and 10 decimals, and what it accepts reads back as sent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.nat(10), (digits, decimals) => {
        const value = Number(`${digits}e-${decimals}`);
        expect(decimalFault(value)).toBeUndefined();
        expect(new Decimal(value).toFixed()).toBe(new Decimal(digits).div(new Decimal(10).pow(decimals)).toFixed());
      }),
    );
  });
});

describe('DecimalField', () => {
  const valid = compiledValidator(BoundedDto);

  it.each([{ whole: '0' }, { whole: 10 }, { whole: '10.00' }, { positive: '0.0000000001' }])('takes %j', (dto) =>
    expect(valid?.(dto)).toBe(true),
  );
  it.each([
    { whole: '-1' },
    { whole: 11 },
    { whole: '0.5' },
    { whole: '1.0000000001' },
    { positive: 0 },
    { positive: '-1' },
  ])('does not take %j', (dto) => expect(valid?.(dto)).toBe(false));
});
