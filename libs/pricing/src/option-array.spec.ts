import { optionArray } from './option-array.js';
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
const call: OptionTerms = { ...put, right: 'CALL', dividendYield: 0.06 };
const SPOTS = Float64Array.of(100, 70, 118, 0, 85, 100);
const VOLATILITIES = Float64Array.of(0.3, 0, 0.15, 1.4);

describe('optionArray', () => {
  it.each([
    ['put', put],
    ['call', call],
    ['European', { ...put, exercise: 'EUROPEAN' }],
    ['expired', { ...put, yearsToExpiry: 0 }],
  ] as const)('is, bit by bit, each value on its own: %s', (_, terms) => {
    const out = new Float64Array(SPOTS.length * VOLATILITIES.length + 1).fill(-1);
    optionArray(terms, SPOTS, VOLATILITIES, out);
    VOLATILITIES.forEach((volatility, v) => {
      SPOTS.forEach((spot, s) => expect(out[v * SPOTS.length + s]).toBe(optionValue(terms, spot, volatility)));
    });
    expect(out.at(-1)).toBe(-1);
  });

  it('is the same bits on every machine and release', () => {
    expect(optionValue(put, 97, 0.25)).toBe(7.6029125087779335);
    expect(optionValue(call, 103, 0.4)).toBe(12.47870769129005);
    expect(optionValue({ ...put, exercise: 'EUROPEAN' }, 97, 0.25)).toBe(7.352880649205254);
  });

  it('does not depend on what was valued before', () => {
    const fresh = optionValue(put, 97, 0.25);
    for (const years of [0.1, 0.5, 2]) optionValue({ ...put, yearsToExpiry: years, rateContinuous: 0.01 }, 90, 0.6);
    expect(optionValue(put, 97, 0.25)).toBe(fresh);
  });

  it.each([
    // Either side of each switch between schemes: deviations of 0.25, 0.5, 0.8, 1.5, 2.6, drifts of 0.4, 0.6, 4, 20.
    ...[0.25, 0.5, 0.8, 1.5, 2.6].map((deviation) => [1, 0.05, 0.01, deviation] as const),
    ...[0.4, 0.6, 4, 20].map((drift) => [1, 0.06, 0, 0.06 / drift] as const),
  ])('goes on steadily where the scheme changes: %d years, r %d, q %d, volatility %d', (years, r, q, volatility) => {
    const terms = { ...put, yearsToExpiry: years, rateContinuous: r, dividendYield: q };
    for (const deviations of [-0.5, 0, 1]) {
      const spot = 100 * Math.exp(deviations * volatility);
      const below = optionValue(terms, spot, volatility * (1 - 1e-10));
      expect(Math.abs(optionValue(terms, spot, volatility * (1 + 1e-10)) - below)).toBeLessThan(1e-4);
    }
  });

  it.each([
    ['rate to 0', { ...put, dividendYield: 0.02 }, 'rateContinuous', 0],
    ['rate to 0 without yield', { ...put, dividendYield: 0 }, 'rateContinuous', 0],
    ['yield of a call to 0', { ...call, rateContinuous: 0.03 }, 'dividendYield', 0],
    ['yield to the rate', put, 'dividendYield', 0.05],
    ['rate of a call below 0', { ...call, dividendYield: 0 }, 'rateContinuous', 0],
    ['two boundaries to one', { ...put, dividendYield: -0.02 }, 'rateContinuous', 0],
    ['two boundaries to none', { ...put, rateContinuous: -0.02 }, 'dividendYield', -0.02],
  ] as const)('goes on steadily where the kind of exercise changes: %s', (_, terms, name, edge) => {
    for (const spot of [80, 100, 125]) {
      const below = optionValue({ ...terms, [name]: edge - 1e-7 }, spot, 0.3);
      expect(Math.abs(optionValue({ ...terms, [name]: edge + 1e-7 }, spot, 0.3) - below)).toBeLessThan(1e-4);
    }
  });

  it('goes on steadily to expiry and to no volatility', () => {
    for (const terms of [put, call]) {
      for (const spot of [90, 99.9, 100, 110]) {
        const expired = optionValue({ ...terms, yearsToExpiry: 0 }, spot, 0.3);
        expect(Math.abs(optionValue({ ...terms, yearsToExpiry: 1e-13 }, spot, 0.3) - expired)).toBeLessThan(1e-5);
        const certain = optionValue(terms, spot, 0);
        for (const volatility of [1e-7, 1.4e-6, 1.5e-6, 1e-5]) {
          expect(Math.abs(optionValue(terms, spot, volatility) - certain)).toBeLessThan(1e-4 + 40 * volatility);
        }
      }
    }
  });

  it.each([
    [0.02, 0.08, 3, 0.05],
    [0.08, 0, 3, 0.01],
    [0.05, 0.05, 1, 0.001],
    [0.05, 0, 1 / 525_600, 0.4],
    [0.05, -0.2, 1, 0.3],
    [0.3, 0.1, 2, 1.2],
    [1e-6, 0.05, 1, 0.3],
    [0.04, 0.02, 10, 0.8],
  ])('is within 2e-6 of the reference at r %d, q %d, %d years, volatility %d', (r, q, years, volatility) => {
    for (const right of ['CALL', 'PUT'] as const) {
      const terms = { ...put, right, rateContinuous: r, dividendYield: q, yearsToExpiry: years };
      for (const deviations of [-2, -0.5, 0, 0.5, 2]) {
        const spot = 100 * Math.exp(deviations * volatility * Math.sqrt(years));
        const error = optionValue(terms, spot, volatility) - optionReference(terms, spot, volatility);
        expect(Math.abs(error)).toBeLessThan(2e-6 * Math.max(spot, 100));
      }
    }
  });

  it('agrees with published premiums of Andersen, Lake & Offengenden (2016)', () => {
    const terms = { ...put, yearsToExpiry: 1, rateContinuous: 0.05, dividendYield: 0.05 };
    const european = optionValue({ ...terms, exercise: 'EUROPEAN' }, 100, 0.25);
    expect(optionValue(terms, 100, 0.25) - european).toBeCloseTo(0.106952702747, 6);
    expect(optionReference(terms, 100, 0.25) - european).toBeCloseTo(0.106952702747, 9);
  });

  it('refuses an output too short, and bad volatilities by name', () => {
    expect(() => optionArray(put, SPOTS, VOLATILITIES, new Float64Array(23))).toThrow(RangeError);
    expect(() => optionArray(put, SPOTS, Float64Array.of(0.2, -1), new Float64Array(24))).toThrow('volatilityAnnual');
  });
});
