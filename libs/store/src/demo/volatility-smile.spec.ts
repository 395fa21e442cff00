import { smileVolatility } from './volatility-smile.js';

const smile = { near: 0.3, far: 0.2, skew: 0.1, curvature: 0.02 };

describe('smileVolatility', () => {
  it('is the term structure alone at the forward', () => {
    expect(smileVolatility(smile, 100, 100, 1e-9)).toBeCloseTo(0.3, 6);
    expect(smileVolatility(smile, 100, 100, 10)).toBeCloseTo(0.2, 6);
    expect(smileVolatility(smile, 100, 100, 0.35)).toBeCloseTo(0.2 + 0.1 / Math.E, 12);
  });

  it('rises towards low strikes, and is flat beyond two and a half standard deviations', () => {
    expect(smileVolatility(smile, 100, 95, 0.25)).toBeGreaterThan(smileVolatility(smile, 100, 105, 0.25));
    expect(smileVolatility(smile, 100, 10, 0.25)).toBe(smileVolatility(smile, 100, 20, 0.25));
  });
});
