import { Decimal } from 'decimal.js';
import { centsText, equityCents, exactCents, profitCents, requirementCents } from './money.js';

describe('a requirement', () => {
  it.each([
    [0, 0],
    [7500, 750_000],
    [0.001, 1],
    [12.341, 1235],
    [12.349, 1235],
    [12.34, 1234],
  ])('of %d dollars is rounded up to %d cents', (dollars, cents) => {
    expect(requirementCents(dollars)).toBe(cents);
  });

  it('takes what binary sums leave near a whole cent for that cent', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(requirementCents(0.1 + 0.2)).toBe(30);
    expect(requirementCents(1e9 + 1e-7)).toBe(1e11);
    // A thousandth of a cent is no noise.
    expect(requirementCents(0.30001)).toBe(31);
    // Nor is a whole cent, however large the amount.
    expect(requirementCents(2e12)).toBe(2e14);
  });

  it('is undefined where cents are no longer exact, and for what is no number', () => {
    expect(requirementCents(2 ** 51 / 100)).toBe(2 ** 51);
    expect(requirementCents(2 ** 51 / 100 + 1)).toBeUndefined();
    expect(requirementCents(Infinity)).toBeUndefined();
    expect(requirementCents(NaN)).toBeUndefined();
  });

  it('of nothing is plain zero', () => {
    expect(Object.is(requirementCents(0), 0)).toBe(true);
  });
});

describe('equity', () => {
  it.each([
    ['0', 0],
    ['12.349', 1234],
    ['-12.341', -1235],
    ['-0.001', -1],
    ['100.00', 10_000],
  ])('of %s dollars is rounded down to %d cents', (dollars, cents) => {
    expect(equityCents(new Decimal(dollars))).toBe(cents);
    expect(equityCents(new Decimal(dollars).minus(1_000), new Decimal(1_000))).toBe(cents);
  });

  it('is undefined where cents are no longer exact', () => {
    expect(equityCents(new Decimal('22517998136852.48'))).toBe(2 ** 51);
    expect(equityCents(new Decimal('22517998136852.49'))).toBeUndefined();
    expect(equityCents(new Decimal('-99999999999999999'))).toBeUndefined();
    expect(equityCents(new Decimal(22_517_998_136_000), new Decimal(852))).toBe(2_251_799_813_685_200);
    expect(equityCents(new Decimal(22_517_998_136_000), new Decimal(853))).toBeUndefined();
    expect(equityCents(new Decimal('9e13'), new Decimal('9e13'))).toBeUndefined();
  });
});

it('the change of an excess is exact at the largest amounts there are', () => {
  const most = exactCents(2 ** 51)!;
  const excessBefore = -most - most;
  const excessAfter = most - 0;
  expect(Number.isSafeInteger(excessAfter - excessBefore)).toBe(true);
});

it('a profit is rounded to the nearest cent, and never minus zero', () => {
  expect(profitCents(12.344)).toBe(1234);
  expect(profitCents(-12.346)).toBe(-1235);
  expect(Object.is(profitCents(-0.001), 0)).toBe(true);
});

it.each([
  [0, '0.00'],
  [5, '0.05'],
  [-5, '-0.05'],
  [123, '1.23'],
  [-1234, '-12.34'],
  [2 ** 51, '22517998136852.48'],
])('%d cents are "%s"', (cents, text) => {
  expect(centsText(cents)).toBe(text);
});

it('decimals of the most digits a request may have are never rounded', () => {
  const most = new Decimal('999999999999999999.9999999999');
  const product = most.times(most).times(most).times('999999.9999999999');
  expect(product.plus('1e-40').minus(product).toFixed()).toBe(new Decimal('1e-40').toFixed());
});
