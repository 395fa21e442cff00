import { type OptionGreeks, optionGreeks } from './option-greeks.js';
import type { OptionTerms } from './option-terms.js';
import { optionReference, optionValue } from './option-value.js';

const put: OptionTerms = {
  right: 'PUT',
  exercise: 'AMERICAN',
  strike: 100,
  yearsToExpiry: 0.5,
  rateContinuous: 0.05,
  dividendYield: 0.01,
  dividends: [],
};

/** Each by a plain difference of reference values, with steps wide enough for their digits. */
function differences(terms: OptionTerms, spot: number, volatility: number): OptionGreeks {
  const at = (dS: number, dVol: number, dr: number, dt: number): number => {
    const years = terms.yearsToExpiry - dt;
    const dividends = terms.dividends.map((row) => ({
      ...row,
      years: row.years - dt,
      rateContinuous: row.rateContinuous + dr,
    }));
    const moved = { ...terms, yearsToExpiry: years, rateContinuous: terms.rateContinuous + dr, dividends };
    return optionReference(moved, spot + dS, volatility + dVol);
  };
  return {
    value: at(0, 0, 0, 0),
    delta: (at(0.05, 0, 0, 0) - at(-0.05, 0, 0, 0)) / 0.1,
    gamma: (at(0.2, 0, 0, 0) - 2 * at(0, 0, 0, 0) + at(-0.2, 0, 0, 0)) / 0.04,
    vega: (at(0, 1e-3, 0, 0) - at(0, -1e-3, 0, 0)) / 2e-3,
    theta: (at(0, 0, 0, 5e-4) - at(0, 0, 0, -5e-4)) / 1e-3,
    rho: (at(0, 0, 1e-4, 0) - at(0, 0, -1e-4, 0)) / 2e-4,
  };
}

describe('optionGreeks', () => {
  it('of European options are the published ones of Haug, "The Complete Guide to Option Pricing Formulas"', () => {
    const european = (terms: Partial<OptionTerms>): OptionTerms => ({
      ...{ ...put, exercise: 'EUROPEAN', dividendYield: 0, ...terms },
    });
    const gammaVega = european({ right: 'CALL', strike: 60, yearsToExpiry: 0.75, rateContinuous: 0.1 });
    expect(optionGreeks(gammaVega, 55, 0.3).gamma).toBeCloseTo(0.0278, 4);
    expect(optionGreeks(gammaVega, 55, 0.3).vega).toBeCloseTo(18.9358, 4);
    const theta = european({ strike: 405, yearsToExpiry: 1 / 12, rateContinuous: 0.07, dividendYield: 0.05 });
    expect(optionGreeks(theta, 430, 0.2).theta).toBeCloseTo(-31.1924, 3);
  });

  it.each([
    ['put', put, 105],
    ['put in the money', put, 92],
    ['call with a yield', { ...put, right: 'CALL', dividendYield: 0.08 }, 98],
    ['European put', { ...put, exercise: 'EUROPEAN' }, 97],
    ['call at a negative rate', { ...put, right: 'CALL', rateContinuous: -0.02 }, 105],
  ] as const)('are the slopes of values: %s', (_, terms, spot) => {
    const greeks = optionGreeks(terms, spot, 0.3);
    const expected = differences(terms, spot, 0.3);
    expect(Math.abs(greeks.value - expected.value)).toBeLessThan(1e-4);
    expect(Math.abs(greeks.delta - expected.delta)).toBeLessThan(2e-5);
    expect(Math.abs(greeks.gamma - expected.gamma)).toBeLessThan(2e-5);
    expect(Math.abs(greeks.vega - expected.vega)).toBeLessThan(2e-3);
    expect(Math.abs(greeks.theta - expected.theta)).toBeLessThan(1e-2);
    expect(Math.abs(greeks.rho - expected.rho)).toBeLessThan(2e-2);
  });

  it.each([
    ['European put', { ...put, exercise: 'EUROPEAN' }, 97],
    ['American put', put, 103],
    ['American call', { ...put, right: 'CALL' }, 103],
  ] as const)('with cash dividends are the slopes of values: %s', (_, terms, spot) => {
    const dividends = [{ years: 0.25, amount: 2, rateContinuous: 0.05 }];
    const greeks = optionGreeks({ ...terms, dividends }, spot, 0.3);
    const expected = differences({ ...terms, dividends }, spot, 0.3);
    expect(Math.abs(greeks.delta - expected.delta)).toBeLessThan(2e-4);
    expect(Math.abs(greeks.gamma - expected.gamma)).toBeLessThan(2e-4);
    expect(Math.abs(greeks.vega - expected.vega)).toBeLessThan(0.02);
    expect(Math.abs(greeks.theta - expected.theta)).toBeLessThan(0.05);
    expect(Math.abs(greeks.rho - expected.rho)).toBeLessThan(0.05);
  });

  it('of what is exercised, or expired, are those of the difference itself', () => {
    const exercised = { value: 60, delta: -1, gamma: 0, vega: 0, theta: 0, rho: 0 };
    expect(optionGreeks(put, 40, 0.3)).toEqual(exercised);
    expect(optionGreeks({ ...put, exercise: 'EUROPEAN', yearsToExpiry: 0 }, 40, 0.3)).toEqual(exercised);
    const call = { ...put, right: 'CALL', yearsToExpiry: 0 } as const;
    expect(optionGreeks(call, 130, 0)).toEqual({ ...exercised, value: 30, delta: 1 });
    expect(optionGreeks(call, 90, 0)).toEqual({ ...exercised, value: 0, delta: 0 });
  });

  it('without volatility or spot are numbers', () => {
    for (const [spot, volatility] of [
      [100, 0],
      [0, 0.3],
      [0, 0],
    ]) {
      for (const right of ['CALL', 'PUT'] as const) {
        Object.values(optionGreeks({ ...put, right }, spot, volatility)).forEach((greek) => {
          expect(Number.isFinite(greek)).toBe(true);
        });
      }
    }
  });

  it('has the value of optionValue', () => {
    expect(optionGreeks(put, 97, 0.25).value).toBe(optionValue(put, 97, 0.25));
  });
});
