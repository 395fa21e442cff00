import { earlyExercisePremiums } from './american-lattice.js';
import type { OptionTerms } from './option-terms.js';
import { optionValue } from './option-value.js';

const put: OptionTerms = {
  right: 'PUT',
  exercise: 'AMERICAN',
  strike: 100,
  yearsToExpiry: 0.5,
  rateContinuous: 0.06,
  dividendYield: 0,
  dividends: [],
};

function premiums(terms: OptionTerms, spots: readonly number[], volatility: number): number[] {
  const out = new Float64Array(spots.length);
  earlyExercisePremiums(terms, Float64Array.from(spots), volatility * Math.sqrt(terms.yearsToExpiry), out);
  return [...out];
}

/** Premium and European value together. */
function lattice(terms: OptionTerms, spots: readonly number[], volatility: number): number[] {
  const european: OptionTerms = { ...terms, exercise: 'EUROPEAN' };
  return premiums(terms, spots, volatility).map((premium, j) => premium + optionValue(european, spots[j], volatility));
}

describe('earlyExercisePremiums', () => {
  it('agree with the American puts of Rogers (2002), table 1, 6 % rate and 40 % volatility', () => {
    const values = lattice(put, [80, 85, 90, 95, 100, 105, 110, 115, 120], 0.4);
    const published = [21.6059, 18.0374, 14.9187, 12.2314, 9.9458, 8.0281, 6.4352, 5.1265, 4.0611];
    values.forEach((value, j) => expect(Math.abs(value - published[j])).toBeLessThan(1.5e-3));
  });

  it('give a spot the same value alone as in company, in any order', () => {
    const spots = [115, 85, 100, 91, 109];
    const together = lattice(put, spots, 0.25);
    spots.forEach((spot, j) => expect(Math.abs(lattice(put, [spot], 0.25)[0] - together[j])).toBeLessThan(1e-8));
  });

  it('of spots too far apart in standard deviations to share a sweep come from sweeps of their own', () => {
    const [far, near] = lattice(put, [200, 99], 0.01);
    expect(far).toBeCloseTo(0, 12);
    expect(Math.abs(near - lattice(put, [99], 0.01)[0])).toBeLessThan(1e-8);
  });

  it('are 0 to lattice error where early exercise is worth nothing', () => {
    const free: OptionTerms = { ...put, rateContinuous: 0 };
    for (const premium of premiums(free, [70, 95, 100, 120], 0.3)) expect(Math.abs(premium)).toBeLessThan(1e-4);
  });

  it('stay stable where the drift of a step exceeds its deviation (a probability outside [0, 1] elsewhere)', () => {
    const carry: OptionTerms = { ...put, rateContinuous: 0.02, dividendYield: 0.2, yearsToExpiry: 2 };
    for (const premium of premiums(carry, [80, 100, 130], 0.001)) expect(Math.abs(premium)).toBeLessThan(1e-3);
  });

  it('exercise a call just before an ex-date, between steps or on one', () => {
    // Deep in the money: worth S - K e^{-rt}, t the last moment before the drop, to the cent.
    for (const years of [0.1, 0.25, 0.2513, 0.499]) {
      const dividends = [{ years, amount: 10, rateContinuous: 0.06 }];
      const [value] = lattice({ ...put, right: 'CALL', strike: 20, dividends }, [100], 0.2);
      expect(Math.abs(value - (100 - 20 * Math.exp(-0.06 * years)))).toBeLessThan(1e-3);
    }
  });

  it('stay finite at absurd volatilities and spots', () => {
    for (const volatility of [20, 60, 1e6]) {
      lattice(put, [1e-290, 1, 100, 1e4, 1e290], volatility).forEach((value) => {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(110);
      });
    }
  });

  it('are 0 for a spot that is all dividends', () => {
    const dividends = [{ years: 0.2, amount: 30, rateContinuous: 0 }];
    expect(premiums({ ...put, dividends }, [30, 0], 0.2)).toEqual([0, 0]);
  });
});
