import { crrPrice } from '../../../test/support/crr.js';
import type { OptionTerms } from './option-terms.js';
import { optionValue, optionValues } from './option-value.js';

const put: OptionTerms = {
  right: 'PUT',
  exercise: 'AMERICAN',
  strike: 100,
  yearsToExpiry: 0.5,
  rateContinuous: 0.05,
  dividendYield: 0,
  dividends: [],
};
const call: OptionTerms = { ...put, right: 'CALL' };
const european = (terms: OptionTerms): OptionTerms => ({ ...terms, exercise: 'EUROPEAN' });

describe('optionValue', () => {
  it('at expiry is intrinsic value, whatever the volatility and style', () => {
    for (const terms of [put, european(put)]) {
      expect(optionValue({ ...terms, yearsToExpiry: 0 }, 90, 3)).toBe(10);
      expect(optionValue({ ...terms, yearsToExpiry: 0 }, 110, 0)).toBe(0);
      expect(optionValue({ ...terms, right: 'CALL', yearsToExpiry: 0 }, 110, 0.2)).toBe(10);
    }
  });

  it('a minute before expiry is close to intrinsic value', () => {
    const minute = { ...put, yearsToExpiry: 1 / (365 * 1440) };
    expect(optionValue(minute, 90, 0.5)).toBe(10);
    expect(optionValue(minute, 110, 0.5)).toBeCloseTo(0, 12);
  });

  it('without volatility is the better of now and the discounted forward', () => {
    const forward = 100 * Math.exp(-0.05 * 0.5);
    expect(optionValue(put, 90, 0)).toBe(10);
    expect(optionValue(european(put), 90, 0)).toBeCloseTo(forward - 90, 12);
    expect(optionValue(call, 110, 0)).toBeCloseTo(110 - forward, 12);
  });

  it('goes to its value without volatility as volatility goes to 0, at any carry', () => {
    for (const [r, q] of [
      [0.08, 0],
      [0, 0.08],
      [0.02, 0.08],
      [-0.01, 0.02],
      [-0.02, -0.05],
      [0.08, 0.02],
    ]) {
      for (const spot of [80, 99, 100, 101, 120]) {
        for (const right of ['CALL', 'PUT'] as const) {
          const terms: OptionTerms = { ...put, right, rateContinuous: r, dividendYield: q, yearsToExpiry: 3 };
          const certain = optionValue(terms, spot, 0);
          expect(Math.abs(optionValue(terms, spot, 1e-5) - certain)).toBeLessThan(5e-3);
          expect(Math.abs(optionValue(terms, spot, 1e-9) - certain)).toBeLessThan(1e-6);
        }
      }
    }
  });

  it('on a spot of 0: a put is the strike if American, its present value if European; a call is 0', () => {
    expect(optionValue(put, 0, 0.3)).toBe(100);
    expect(optionValue(european(put), 0, 0.3)).toBeCloseTo(100 * Math.exp(-0.025), 12);
    expect(optionValue({ ...put, rateContinuous: -0.05 }, 0, 0.3)).toBeCloseTo(100 * Math.exp(0.025), 12);
    expect(optionValue(call, 0, 0.3)).toBe(0);
    expect(optionValue({ ...call, dividendYield: 0.1 }, 0, 0.3)).toBe(0);
  });

  it('far in the money is intrinsic value exactly, far out of the money nothing', () => {
    expect(optionValue(put, 20, 0.2)).toBe(80);
    expect(optionValue({ ...call, dividendYield: 0.3 }, 1000, 0.2)).toBe(900);
    expect(optionValue(put, 1e6, 0.2)).toBe(0);
    expect(optionValue({ ...call, dividendYield: 0.3 }, 1e-6, 0.2)).toBe(0);
  });

  it('escrows dividends worth more than the spot: nothing moves any more', () => {
    const dividends = [{ years: 0.25, amount: 12, rateContinuous: 0.05 }];
    expect(optionValue(european({ ...call, dividends }), 10, 0.3)).toBe(0);
    expect(optionValue(european({ ...put, dividends }), 10, 0.3)).toBeCloseTo(100 * Math.exp(-0.025), 12);
    expect(optionValue({ ...put, dividends }, 10, 0.3)).toBeCloseTo(100 * Math.exp(-0.0125), 12);
    expect(optionValue({ ...call, strike: 4, dividends }, 10, 0.3)).toBeCloseTo(10 - 4 * Math.exp(-0.0125), 12);
  });

  it('discounts each dividend at its own rate', () => {
    const dividends = [{ years: 0.25, amount: 2, rateContinuous: 0.2 }];
    const value = optionValue(european({ ...call, dividends }), 100, 0.3);
    expect(value).toBeCloseTo(optionValue(european(call), 100 - 2 * Math.exp(-0.05), 0.3), 12);
  });

  it('of a call without dividends at a negative rate exceeds the European value', () => {
    const negative: OptionTerms = { ...call, rateContinuous: -0.05, yearsToExpiry: 2 };
    expect(optionValue(negative, 130, 0.2) - optionValue(european(negative), 130, 0.2)).toBeGreaterThan(0.1);
    expect(optionValue(call, 130, 0.2)).toBe(optionValue(european(call), 130, 0.2));
  });

  it.each([
    ['put', put, 95, 0.3],
    ['call with a yield', { ...call, dividendYield: 0.08 }, 105, 0.25],
    ['call at a negative rate', { ...call, rateContinuous: -0.02, yearsToExpiry: 2 }, 110, 0.3],
    ['put exercised only between two prices', { ...put, rateContinuous: -0.01, dividendYield: -0.06 }, 90, 0.2],
    ['long-dated put', { ...put, yearsToExpiry: 3 }, 130, 0.6],
  ] as const)('agrees with the textbook lattice: %s', (_, terms, spot, volatility) => {
    const textbook = 0.5 * (crrPrice(terms, spot, volatility, 1000) + crrPrice(terms, spot, volatility, 1001));
    expect(Math.abs(optionValue(terms, spot, volatility) - textbook)).toBeLessThan(6e-3);
  });

  it('stays within its bounds at absurd volatilities', () => {
    for (const volatility of [3, 10, 20, 100, 1e6]) {
      const put3 = { ...put, yearsToExpiry: 3 };
      expect(optionValue(put3, 100, volatility)).toBeLessThanOrEqual(100);
      expect(optionValue(put3, 100, volatility)).toBeGreaterThanOrEqual(optionValue(european(put3), 100, volatility));
      expect(optionValue({ ...call, dividendYield: 0.05 }, 100, volatility)).toBeLessThanOrEqual(100);
    }
  });

  it.each([
    ['strike', { ...put, strike: 0 }, 100, 0.2],
    ['yearsToExpiry', { ...put, yearsToExpiry: -1 }, 100, 0.2],
    ['rateContinuous', { ...put, rateContinuous: NaN }, 100, 0.2],
    ['dividendYield', { ...put, dividendYield: Infinity }, 100, 0.2],
    ['dividends.years', { ...put, dividends: [{ years: 1, amount: 1, rateContinuous: 0 }] }, 100, 0.2],
    ['dividends.amount', { ...put, dividends: [{ years: 0.1, amount: -1, rateContinuous: 0 }] }, 100, 0.2],
    ['dividends.rateContinuous', { ...put, dividends: [{ years: 0.1, amount: 1, rateContinuous: NaN }] }, 100, 0.2],
    ['spot', put, -1, 0.2],
    ['volatilityAnnual', put, 100, NaN],
  ] as const)('refuses a bad %s by name', (name, terms, spot, volatility) => {
    expect(() => optionValue(terms, spot, volatility)).toThrow(RangeError);
    expect(() => optionValue(terms, spot, volatility)).toThrow(name);
  });
});

describe('optionValues', () => {
  it('is optionValue at each spot, in order, leaving the rest of a longer output alone', () => {
    const dividends = [{ years: 0.2, amount: 1.5, rateContinuous: 0.04 }];
    for (const terms of [put, european(put), { ...call, dividends, rateContinuous: 0.001 }]) {
      const spots = Float64Array.of(100, 85, 91, 0, 115, 85);
      const out = new Float64Array(7).fill(-1);
      optionValues(terms, spots, 0.3, out);
      spots.forEach((spot, j) => expect(Math.abs(out[j] - optionValue(terms, spot, 0.3))).toBeLessThan(1e-8));
      expect(out[6]).toBe(-1);
    }
  });

  it('refuses an output too short', () => {
    expect(() => optionValues(put, new Float64Array(3), 0.2, new Float64Array(2))).toThrow(RangeError);
  });
});
