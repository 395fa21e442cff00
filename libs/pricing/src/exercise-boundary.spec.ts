import { boundaryAtExpiry, exerciseBoundary } from './exercise-boundary.js';
import { referenceSchemeFor, schemeFor } from './scheme.js';

/** B at the scheme's times, expiry first. */
function boundary(r: number, q: number, sigma: number, years: number, finder = schemeFor): number[] {
  const scheme = finder(r, q, sigma, years);
  const L = new Float64Array(scheme.degree + 1);
  exerciseBoundary(scheme, r, q, sigma, years, L);
  return [...L].map((log) => boundaryAtExpiry(r, q) * Math.exp(log));
}

describe('exerciseBoundary', () => {
  it('starts at the strike, or at r / q where the yield is the higher', () => {
    expect(boundaryAtExpiry(0.05, 0.02)).toBe(1);
    expect(boundaryAtExpiry(0.05, -0.02)).toBe(1);
    expect(boundaryAtExpiry(0.02, 0.08)).toBe(0.25);
    expect(boundaryAtExpiry(0, -0.03)).toBe(1);
  });

  it.each([
    [0.05, 0, 0.2, 1],
    [0.02, 0.08, 0.3, 2],
    [0.08, 0.02, 0.05, 3],
    [0, -0.03, 0.4, 0.5],
    [0.0001, 0.05, 0.9, 3],
  ])('falls as time to expiry grows: r %d, q %d, volatility %d, %d years', (r, q, sigma, years) => {
    const B = boundary(r, q, sigma, years);
    B.slice(1).forEach((here, i) => expect(here).toBeLessThan(B[i]));
    expect(B.at(-1)).toBeGreaterThan(0);
  });

  it('goes to the perpetual boundary of McKean (1965)', () => {
    // q = 0: B = 2 r / (2 r + sigma²).
    expect(boundary(0.08, 0, 0.3, 120).at(-1)).toBeCloseTo(0.16 / (0.16 + 0.09), 3);
    expect(boundary(0.08, 0, 0.02, 3).at(-1)).toBeCloseTo(0.16 / (0.16 + 0.0004), 5);
  });

  it('is the same by smooth pasting and by value matching', () => {
    for (const [r, q, sigma] of [
      [0.05, 0.01, 0.25],
      [0.03, 0.06, 0.3],
    ]) {
      const pasted = boundary(r, q, sigma, 1, referenceSchemeFor);
      // A drift this strong is solved by value matching, and its boundary after a year is that of a year.
      const matched = boundary(r, q, sigma, 1, () => referenceSchemeFor(0.08, 0, 0.05, 1));
      pasted.forEach((B, i) => expect(matched[i]).toBeCloseTo(B, 5));
    }
  });

  it('at a day, a minute and absurd volatilities is a number between 0 and the strike', () => {
    for (const years of [1 / 365, 1 / 525_600, 30]) {
      for (const sigma of [0.001, 0.2, 3, 20]) {
        boundary(0.04, 0.01, sigma, years).forEach((B) => {
          expect(B).toBeGreaterThan(0);
          expect(B).toBeLessThanOrEqual(1);
        });
      }
    }
  });
});
