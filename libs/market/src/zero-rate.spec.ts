import { zeroRate } from './zero-rate.js';

describe('zeroRate', () => {
  const rates = [
    { days: 30, rate: 0.03 },
    { days: 90, rate: 0.06 },
    { days: 360, rate: 0.05 },
  ];

  it('is linear between the points', () => {
    expect(zeroRate(rates, 60)).toBeCloseTo(0.045, 15);
    expect(zeroRate(rates, 225)).toBeCloseTo(0.055, 15);
    expect(zeroRate(rates, 90)).toBe(0.06);
  });

  it('is flat outside them', () => {
    expect(zeroRate(rates, 0)).toBe(0.03);
    expect(zeroRate(rates, 10_000)).toBe(0.05);
  });

  it('is unknown, not 0, without a curve', () => {
    expect(zeroRate([], 30)).toBeUndefined();
  });
});
