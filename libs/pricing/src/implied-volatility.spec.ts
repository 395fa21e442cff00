import { chainFamily, chainValue } from './chain-family.js';
import { chainImpliedVolatility, impliedVolatility } from './implied-volatility.js';
import type { OptionTerms } from './option-terms.js';
import { optionValue } from './option-value.js';

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
const BELOW = { kind: 'NONE', reason: 'AT_OR_BELOW_LOWER_BOUND' };
const ABOVE = { kind: 'NONE', reason: 'AT_OR_ABOVE_UPPER_BOUND' };

function solved(terms: OptionTerms, spot: number, price: number): number {
  const implied = impliedVolatility(terms, spot, price);
  return implied.kind === 'SOLVED' ? implied.volatilityAnnual : NaN;
}

describe('impliedVolatility', () => {
  it('of the textbook European put at 0.808599 is 20 %', () => {
    const hull: OptionTerms = { ...european(put), strike: 40, rateContinuous: 0.1 };
    expect(solved(hull, 42, 0.808599)).toBeCloseTo(0.2, 6);
  });

  it.each([0.0005, 0.01, 0.2, 1, 4, 15])('brings a European price at volatility %d back', (volatility) => {
    for (const spot of [99, 102.5 * Math.exp(-0.025), 103]) {
      const price = optionValue(european(put), spot, volatility);
      const implied = impliedVolatility(european(put), spot, price);
      // Too little volatility to leave a trace in the price: none is made up.
      if (implied.kind === 'NONE')
        expect(price).toBeLessThan(1e-300 + Math.max(0, 100 * Math.exp(-0.025) - spot) + 1e-13);
      else expect(Math.abs(optionValue(european(put), spot, implied.volatilityAnnual) - price)).toBeLessThan(2e-13);
    }
  });

  it.each([0.01, 0.05, 0.2, 1, 4])('brings an American price at volatility %d back to 1e-10 of spot', (volatility) => {
    for (const terms of [put, { ...call, dividendYield: 0.07 }, { ...call, rateContinuous: -0.03 }]) {
      for (const spot of [60, 90, 99, 100, 101, 120]) {
        const price = optionValue(terms, spot, volatility);
        const certain = optionValue(terms, spot, 0);
        const implied = impliedVolatility(terms, spot, price);
        if (implied.kind === 'NONE') expect(price - certain).toBeLessThanOrEqual(1e-8 * spot);
        else
          expect(Math.abs(optionValue(terms, spot, implied.volatilityAnnual) - price)).toBeLessThanOrEqual(
            1e-10 * spot,
          );
      }
    }
  });

  it('accounts for early exercise: an American put implies less than a European one at the same price', () => {
    const price = optionValue(put, 90, 0.3);
    expect(solved(put, 90, price)).toBeCloseTo(0.3, 6);
    expect(solved(european(put), 90, price)).toBeGreaterThan(0.305);
  });

  it('in a chain is the same to the accuracy of its values', () => {
    const { strike: _, ...expiry } = put;
    const family = chainFamily(expiry);
    for (const strike of [80, 95, 100, 110]) {
      const price = optionValue({ ...put, strike }, 98, 0.3);
      const implied = chainImpliedVolatility(family, strike, 98, price);
      expect(implied.kind).toBe('SOLVED');
      if (implied.kind !== 'SOLVED') continue;
      expect(Math.abs(chainValue(family, strike, 98, implied.volatilityAnnual) - price)).toBeLessThan(1e-8);
      expect(implied.volatilityAnnual).toBeCloseTo(0.3, 5);
    }
    expect(chainImpliedVolatility(family, 120, 98, 22)).toEqual(BELOW);
  });

  it('of a price between the European and the American upper bound is found all the same', () => {
    // Unlimited volatility: the American put goes to its strike, the European to less.
    const price = optionValue({ ...put, yearsToExpiry: 3 }, 100, 4.5);
    expect(price).toBeGreaterThan(100 * Math.exp(-0.15));
    expect(solved({ ...put, yearsToExpiry: 3 }, 100, price)).toBeCloseTo(4.5, 6);
  });

  it('with cash dividends gives the price back', () => {
    const dividends = [{ years: 0.2, amount: 1.5, rateContinuous: 0.04 }];
    const price = optionValue({ ...put, dividends }, 98, 0.3);
    expect(solved({ ...put, dividends }, 98, price)).toBeCloseTo(0.3, 6);
  });

  it('does not exist at expiry', () => {
    expect(impliedVolatility({ ...put, yearsToExpiry: 0 }, 90, 10)).toEqual({ kind: 'NONE', reason: 'EXPIRED' });
  });

  it('does not exist at or below intrinsic value', () => {
    expect(impliedVolatility(put, 80, 20)).toEqual(BELOW);
    expect(impliedVolatility(put, 80, 19)).toEqual(BELOW);
    expect(impliedVolatility(put, 120, 0)).toEqual(BELOW);
    expect(impliedVolatility(european(put), 80, 100 * Math.exp(-0.025) - 80)).toEqual(BELOW);
    expect(impliedVolatility(call, 120, 20)).toEqual(BELOW);
  });

  it('does not exist at or above the upper bound: spot, the strike, or its present value', () => {
    expect(impliedVolatility(call, 120, 120)).toEqual(ABOVE);
    expect(impliedVolatility({ ...call, dividendYield: 0.05 }, 120, 120)).toEqual(ABOVE);
    expect(impliedVolatility(put, 80, 100)).toEqual(ABOVE);
    expect(impliedVolatility(european(put), 80, 100 * Math.exp(-0.025))).toEqual(ABOVE);
    expect(impliedVolatility(european(put), 0, 99)).toEqual(ABOVE);
  });

  it('is not looked for below 0.01 % or above 2000 %', () => {
    const [low, high] = [0.00005, 25].map((volatility) =>
      optionValue({ ...european(put), rateContinuous: 0 }, 100, volatility),
    );
    expect(impliedVolatility({ ...european(put), rateContinuous: 0 }, 100, low)).toEqual(BELOW);
    expect(impliedVolatility({ ...european(put), rateContinuous: 0, yearsToExpiry: 0.01 }, 100, high)).toEqual(ABOVE);
  });

  it.each([
    ['spot', put, NaN, 5],
    ['price', put, 100, -1],
    ['strike', { ...put, strike: NaN }, 100, 5],
  ] as const)('refuses a bad %s by name', (name, terms, spot, price) => {
    expect(() => impliedVolatility(terms, spot, price)).toThrow(RangeError);
    expect(() => impliedVolatility(terms, spot, price)).toThrow(name);
  });
});
