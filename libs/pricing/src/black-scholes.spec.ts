import { blackScholes } from './black-scholes.js';

const DEVIATION = 0.2 * Math.sqrt(0.5);
const STRIKE = 40 * Math.exp(-0.05);

describe('blackScholes', () => {
  it('gives the textbook pair 4.7594 and 0.8086: S = 42, K = 40, r = 10 %, volatility 20 %, half a year', () => {
    expect(blackScholes(true, 42, STRIKE, DEVIATION)).toBeCloseTo(4.759422, 6);
    expect(blackScholes(false, 42, STRIKE, DEVIATION)).toBeCloseTo(0.808599, 6);
  });

  it('is discounted forward intrinsic value without deviation', () => {
    expect(blackScholes(true, 42, STRIKE, 0)).toBe(42 - STRIKE);
    expect(blackScholes(true, 30, STRIKE, 0)).toBe(0);
    expect(blackScholes(false, 30, STRIKE, 0)).toBe(STRIKE - 30);
  });

  it('on a spot of 0 is 0 for a call and the discounted strike for a put', () => {
    expect(blackScholes(true, 0, STRIKE, 0.3)).toBe(0);
    expect(blackScholes(false, 0, STRIKE, 0.3)).toBe(STRIKE);
  });

  it('is never below its lower bound, however far from the strike', () => {
    for (const ratio of [1e-300, 1e-9, 0.01, 100, 1e9]) {
      expect(blackScholes(true, ratio, 1, 0.05)).toBeGreaterThanOrEqual(Math.max(0, ratio - 1));
      expect(blackScholes(false, ratio, 1, 0.05)).toBeGreaterThanOrEqual(Math.max(0, 1 - ratio));
    }
  });
});
