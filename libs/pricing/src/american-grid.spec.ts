import { crrPrice } from '../../../test/support/crr.js';
import { gridPremiums } from './american-grid.js';
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

/** Premium and European value together, of options without cash dividends. */
function gridValues(terms: OptionTerms, spots: readonly number[], volatility: number): number[] {
  const premiums = new Float64Array(spots.length);
  const logs = Float64Array.from(spots, (spot) => Math.log(spot / terms.strike));
  gridPremiums(terms, logs, spots.length, volatility, premiums);
  const european: OptionTerms = { ...terms, exercise: 'EUROPEAN' };
  return spots.map((spot, j) => premiums[j] + optionValue(european, spot, volatility));
}

describe('gridPremiums', () => {
  it.each([
    ['put', put, 0.4],
    ['put with a high yield', { ...put, dividendYield: 0.1, yearsToExpiry: 2 }, 0.25],
    ['call', { ...put, right: 'CALL', dividendYield: 0.09 }, 0.3],
    ['call at a negative rate', { ...put, right: 'CALL', rateContinuous: -0.03 }, 0.2],
    ['put of steep drift', { ...put, rateContinuous: 0.08, yearsToExpiry: 2 }, 0.06],
  ] as const)('agree with the exercise boundary where there is one: %s', (_, terms, volatility) => {
    const spots = [80, 92, 100, 104, 115];
    gridValues(terms, spots, volatility).forEach((value, j) => {
      expect(Math.abs(Math.max(value, 0) - optionValue(terms, spots[j], volatility))).toBeLessThan(3e-4);
    });
  });

  it.each([
    [-0.01, -0.06, 0.2, 0.5],
    [-0.02, -0.05, 0.1, 3],
  ])('agree with a lattice between two boundaries: r %d, q %d', (r, q, volatility, years) => {
    const terms = { ...put, rateContinuous: r, dividendYield: q, yearsToExpiry: years };
    for (const spot of [70, 90, 100, 110]) {
      const lattice = 0.5 * (crrPrice(terms, spot, volatility, 1000) + crrPrice(terms, spot, volatility, 1001));
      expect(Math.abs(optionValue(terms, spot, volatility) - lattice)).toBeLessThan(1.5e-3);
      // The same option seen from the other side.
      const call = { ...terms, right: 'CALL', strike: spot, rateContinuous: q, dividendYield: r } as const;
      expect(Math.abs(optionValue(call, 100, volatility) - optionValue(terms, spot, volatility))).toBeLessThan(2e-4);
    }
  });

  it('exercise a call just before an ex-date, the last day and the day of expiry included', () => {
    // Deep in the money: worth S - K e^{-rt}, t the last moment before the drop.
    for (const years of [0.1, 0.25, 0.2513, 0.499, 0.5]) {
      const dividends = [{ years, amount: 10, rateContinuous: 0.06 }];
      const value = optionValue({ ...put, right: 'CALL', strike: 20, dividends }, 100, 0.2);
      expect(value).toBeCloseTo(100 - 20 * Math.exp(-0.06 * years), 5);
    }
  });

  it('of a call whose one ex-date is the last day is nearly an option on the share with its dividend', () => {
    const dividends = [{ years: 0.5, amount: 5, rateContinuous: 0.06 }];
    const call: OptionTerms = { ...put, right: 'CALL', dividends };
    const escrow = 5 * Math.exp(-0.03);
    // Exercised just before expiry on X + 5: a European call at strike 95 on X.
    const european: OptionTerms = { ...call, exercise: 'EUROPEAN', strike: 95, dividends: [] };
    for (const spot of [90, 100, 120]) {
      expect(optionValue(call, spot, 0.3)).toBeCloseTo(optionValue(european, spot - escrow, 0.3), 4);
    }
  });

  it('give a spot the same value alone as in company, in any order', () => {
    const dividends = [{ years: 0.2, amount: 2, rateContinuous: 0.06 }];
    const spots = [115, 85, 100, 91, 300];
    const together = gridValues({ ...put, dividends }, spots, 0.05);
    spots.forEach((spot, j) => {
      expect(Math.abs(gridValues({ ...put, dividends }, [spot], 0.05)[0] - together[j])).toBeLessThan(1e-7);
    });
  });

  it('stay finite at absurd volatilities, drifts and spots', () => {
    const dividends = [{ years: 0.2, amount: 2, rateContinuous: 0.06 }];
    for (const terms of [
      { ...put, dividends },
      { ...put, dividends, dividendYield: 0.9, yearsToExpiry: 4 },
    ]) {
      for (const volatility of [1e-4, 20, 60, 1e6]) {
        for (const spot of [0, 1e-290, 1, 2, 100, 1e4, 1e290]) {
          const value = optionValue(terms, spot, volatility);
          expect(value).toBeGreaterThanOrEqual(Math.max(0, 100 - spot));
          expect(value).toBeLessThanOrEqual(100);
        }
      }
    }
  });
});
