import { normalCdf, normalDensity } from './normal-cdf.js';

/** Reference values computed with 50 decimal digits. */
const REFERENCE: readonly (readonly [number, number])[] = [
  [-20, 2.7536241186062337e-89],
  [-8, 6.2209605742717841e-16],
  [-6, 9.8658764503769814e-10],
  [-5.5, 1.8989562465887719e-8],
  [-4, 3.1671241833119921e-5],
  [-3, 1.3498980316300945e-3],
  [-2, 0.022750131948179207],
  [-1.5, 0.066807201268858066],
  [-1, 0.15865525393145705],
  [-0.68, 0.24825223045357051],
  [-0.67, 0.2514288950953101],
  [-0.3, 0.38208857781104737],
  [-0.001, 0.49960105778608894],
  [0.25, 0.59870632568292372],
  [0.5, 0.6914624612740131],
  [0.7, 0.75803634777692697],
  [1, 0.84134474606854295],
  [1.75, 0.95994084313618291],
  [2.5, 0.99379033467422386],
  [4, 0.99996832875816688],
  [7, 0.99999999999872019],
];

describe('normalCdf', () => {
  it.each(REFERENCE)('at %d agrees with 50-digit arithmetic', (x, expected) => {
    expect(Math.abs(normalCdf(x) / expected - 1)).toBeLessThan(1e-15 * Math.max(1, x * x));
  });

  it('is a probability with its limits, and NaN for NaN', () => {
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalCdf(-Infinity)).toBe(0);
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(-1e9)).toBe(0);
    expect(normalCdf(NaN)).toBeNaN();
  });

  it('has the density as its slope', () => {
    for (const x of [-3, -0.5, 0, 0.7, 2, 5.8]) {
      expect((normalCdf(x + 1e-5) - normalCdf(x - 1e-5)) / 2e-5).toBeCloseTo(normalDensity(x), 10);
    }
  });
});
