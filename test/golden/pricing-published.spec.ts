import { type CashDividend, type ExerciseStyle, type OptionRight, type OptionTerms, optionValue } from '@app/pricing';
import { crrPrice } from '../support/crr.js';

/**
 * Published option values, each with its source and the precision it was printed or recomputed to. Values per share.
 * Books: Hull, "Options, Futures, and Other Derivatives"; papers as named.
 */
interface Published {
  readonly source: string;
  readonly right: OptionRight;
  readonly exercise: ExerciseStyle;
  readonly spot: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly dividendYield?: number;
  readonly volatility: number;
  readonly price: number;
  readonly tolerance: number;
}

const PUBLISHED: readonly Published[] = [
  {
    source: 'Hull, Black-Scholes-Merton example: call 4.76',
    ...{ right: 'CALL', exercise: 'EUROPEAN', spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 },
    ...{ price: 4.76, tolerance: 0.005 },
  },
  {
    source: 'Hull, Black-Scholes-Merton example: put 0.81',
    ...{ right: 'PUT', exercise: 'EUROPEAN', spot: 42, strike: 40, years: 0.5, rate: 0.1, volatility: 0.2 },
    ...{ price: 0.808599, tolerance: 1e-6 },
  },
  {
    source: 'Hull, option on a stock index with a dividend yield: 51.83',
    ...{ right: 'CALL', exercise: 'EUROPEAN', spot: 930, strike: 900, years: 2 / 12, rate: 0.08, dividendYield: 0.03 },
    ...{ volatility: 0.2, price: 51.832957, tolerance: 1e-5 },
  },
  {
    source: 'Hull, American put, limit of the lattices: 4.284',
    ...{ right: 'PUT', exercise: 'AMERICAN', spot: 50, strike: 50, years: 5 / 12, rate: 0.1, volatility: 0.4 },
    ...{ price: 4.2842, tolerance: 5e-4 },
  },
  {
    source: 'Geske & Johnson (1984): 7.383',
    ...{ right: 'PUT', exercise: 'AMERICAN', spot: 40, strike: 45, years: 7 / 12, rate: 0.0488, volatility: 0.4 },
    ...{ price: 7.383, tolerance: 5e-4 },
  },
  {
    source: 'Longstaff & Schwartz (2001), table 1, finite differences: 4.478, continuous exercise 4.4866',
    ...{ right: 'PUT', exercise: 'AMERICAN', spot: 36, strike: 40, years: 1, rate: 0.06, volatility: 0.2 },
    ...{ price: 4.4866, tolerance: 1e-3 },
  },
];

function terms(row: Published, dividends: readonly CashDividend[] = []): OptionTerms {
  return {
    right: row.right,
    exercise: row.exercise,
    strike: row.strike,
    yearsToExpiry: row.years,
    rateContinuous: row.rate,
    dividendYield: row.dividendYield ?? 0,
    dividends,
  };
}

describe('published option values', () => {
  it.each(PUBLISHED)('$source', (row) => {
    const value = optionValue(terms(row), row.spot, row.volatility);
    expect(Math.abs(value - row.price)).toBeLessThanOrEqual(row.tolerance);
  });

  it('Hull, European call with two cash dividends: 3.67', () => {
    // S = 40, K = 40, dividends of 0.50 in two and five months, r = 9 %, volatility 30 %, six months.
    const dividends = [2 / 12, 5 / 12].map((years) => ({ years, amount: 0.5, rateContinuous: 0.09 }));
    const call: OptionTerms = {
      ...{ right: 'CALL', exercise: 'EUROPEAN', strike: 40, yearsToExpiry: 0.5, rateContinuous: 0.09 },
      ...{ dividendYield: 0, dividends },
    };
    expect(optionValue(call, 40, 0.3)).toBeCloseTo(3.67, 2);
  });

  it.each([
    [5, 4.488459],
    [30, 4.263427],
  ])('Hull, American put on a lattice of %d steps: the textbook lattice agrees', (steps, price) => {
    const hull = PUBLISHED[3];
    expect(crrPrice(terms(hull), hull.spot, hull.volatility, steps)).toBeCloseTo(price, 5);
  });
});
