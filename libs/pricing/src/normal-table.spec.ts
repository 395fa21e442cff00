import { normalCdf, normalDensity } from './normal-cdf.js';
import { tableCdf, tableDensity } from './normal-table.js';

describe('tableCdf and tableDensity', () => {
  it('agree with the error function and the exponential everywhere between the nodes', () => {
    for (let x = -10; x <= 10; x += 0.0037) {
      expect(Math.abs(tableCdf(x) - normalCdf(x))).toBeLessThan(4e-16);
      expect(Math.abs(tableDensity(x) - normalDensity(x))).toBeLessThan(3e-13);
    }
  });

  it('have their limits, and NaN for NaN', () => {
    expect([-Infinity, -9.01, 9.01, Infinity].map(tableCdf)).toEqual([0, 0, 1, 1]);
    expect([-Infinity, -9.01, 9.01, Infinity].map(tableDensity)).toEqual([0, 0, 0, 0]);
    expect(tableCdf(NaN)).toBeNaN();
    expect(tableDensity(NaN)).toBeNaN();
  });

  it('reach their ends', () => {
    expect(tableCdf(-9)).toBeCloseTo(1.1285884059538408e-19, 30);
    expect(tableCdf(9)).toBe(1);
  });
});
