import { blackScholes } from '../../../test/support/black-scholes.js';
import { impliedDeviation } from './european-implied-volatility.js';

describe('impliedDeviation', () => {
  it.each([0.002, 0.02, 0.075, 0.3, 1, 3, 6])(
    'brings deviation %d back from an out-of-the-money price',
    (deviation) => {
      for (const A of [0.2, 0.8, 0.999, 1, 1.001, 1.236, 6]) {
        const price = blackScholes(A < 1, A, 1, deviation);
        if (price < 1e-280) continue;
        const implied = impliedDeviation(A, 1, price);
        expect(Math.abs(blackScholes(A < 1, A, 1, implied) / price - 1)).toBeLessThan(1e-8);
        // Slope so flat at 6 deviations that the last digits of the price are all there is to go by.
        expect(Math.abs(implied / deviation - 1)).toBeLessThan(deviation < 5 ? 1e-9 : 1e-6);
      }
    },
  );

  it('is not misled where a step lands among prices too small to have digits', () => {
    const implied = impliedDeviation(1.2358, 1.0004, 1e-4);
    expect(blackScholes(false, 1.2358, 1.0004, implied)).toBeCloseTo(1e-4, 15);
  });

  it('is 0 without time value and Infinity at the upper bound', () => {
    expect(impliedDeviation(0.9, 1, 0)).toBe(0);
    expect(impliedDeviation(0.9, 1, 0.9)).toBe(Infinity);
    expect(impliedDeviation(1.1, 1, 1)).toBe(Infinity);
  });
});
