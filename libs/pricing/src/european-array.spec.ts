import { blackScholes } from '../../../test/support/black-scholes.js';
import { arrayInputs, setInputs } from './array-inputs.js';
import { europeanArray } from './european-array.js';
import type { OptionTerms } from './option-terms.js';

const call: OptionTerms = {
  right: 'CALL',
  exercise: 'EUROPEAN',
  strike: 40,
  yearsToExpiry: 0.5,
  rateContinuous: 0.1,
  dividendYield: 0,
  dividends: [],
};

function values(terms: OptionTerms, spots: readonly number[], deviation: number): number[] {
  const inputs = arrayInputs();
  setInputs(inputs, terms, Float64Array.from(spots));
  const out = new Float64Array(spots.length);
  europeanArray(terms.right === 'CALL', inputs, deviation, out, 0);
  return [...out];
}

describe('europeanArray', () => {
  it('gives the textbook pair 4.7594 and 0.8086: S = 42, K = 40, r = 10 %, volatility 20 %, half a year', () => {
    const deviation = 0.2 * Math.sqrt(0.5);
    expect(values(call, [42], deviation)[0]).toBeCloseTo(4.759422, 6);
    expect(values({ ...call, right: 'PUT' }, [42], deviation)[0]).toBeCloseTo(0.808599, 6);
  });

  it('agrees with the formula on an error function to rounding', () => {
    const spots = [0, 1e-12, 20, 39, 40, 41, 80, 1e9];
    for (const right of ['CALL', 'PUT'] as const) {
      for (const deviation of [1e-9, 0.003, 0.1, 0.5, 2, 9, 40]) {
        for (const terms of [call, { ...call, dividendYield: 0.04, rateContinuous: -0.01 }]) {
          const B = 40 * Math.exp(-terms.rateContinuous * 0.5);
          values({ ...terms, right }, spots, deviation).forEach((value, j) => {
            const A = spots[j] * Math.exp(-terms.dividendYield * 0.5);
            const expected = blackScholes(right === 'CALL', A, B, deviation);
            expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-15 * Math.max(A, B) * (1 + 1 / deviation ** 0.5));
          });
        }
      }
    }
  });

  it('is never below its lower bound, however far from the strike', () => {
    const spots = [1e-300, 1e-9, 0.01, 100, 1e9];
    values(call, spots, 0.05).forEach((value, j) => {
      expect(value).toBeGreaterThanOrEqual(Math.max(0, spots[j] - 40 * Math.exp(-0.05)));
    });
  });
});
