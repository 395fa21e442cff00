import { chainArray, chainFamily, chainValue, type ExpiryTerms } from './chain-family.js';
import { optionArray } from './option-array.js';
import { optionValue } from './option-value.js';

const put: ExpiryTerms = {
  right: 'PUT',
  exercise: 'AMERICAN',
  yearsToExpiry: 0.75,
  rateContinuous: 0.045,
  dividendYield: 0.012,
  dividends: [],
};
const STRIKES = [60, 80, 90, 95, 100, 105, 110, 130, 160];
const SPOTS = Float64Array.of(85, 94, 100, 106, 115);

const smile = (strike: number): number => 0.2 + 0.4 * Math.abs(Math.log(strike / 100));

describe('chainArray', () => {
  it.each([
    ['puts', put],
    ['calls with a yield', { ...put, right: 'CALL', dividendYield: 0.06 }],
    ['calls at a negative rate', { ...put, right: 'CALL', rateContinuous: -0.01, dividendYield: 0 }],
    ['short-dated puts', { ...put, yearsToExpiry: 3 / 365 }],
    ['long-dated puts', { ...put, yearsToExpiry: 2.8 }],
  ] as const)('of %s is within 1e-6 of each option on its own', (_, terms) => {
    const family = chainFamily(terms);
    const [chained, alone] = [new Float64Array(15), new Float64Array(15)];
    for (const strike of STRIKES) {
      const volatilities = Float64Array.of(0.75, 1, 1.25).map((move) => move * smile(strike));
      chainArray(family, strike, SPOTS, volatilities, chained);
      optionArray({ ...terms, strike }, SPOTS, volatilities, alone);
      chained.forEach((value, i) => expect(Math.abs(value - alone[i])).toBeLessThan(1e-6 * strike));
    }
  });

  it('is the same bits whatever was valued before, in any order', () => {
    const inOrder = chainFamily(put);
    const forwards = STRIKES.map((strike) => chainValue(inOrder, strike, 100, smile(strike)));
    const reversed = chainFamily(put);
    const backwards = STRIKES.toReversed().map((strike) => chainValue(reversed, strike, 100, smile(strike)));
    expect(forwards).toEqual(backwards.toReversed());
    STRIKES.forEach((strike, i) => {
      expect(chainValue(chainFamily(put), strike, 100, smile(strike))).toBe(forwards[i]);
    });
  });

  it('goes on steadily from one range of volatilities to the next', () => {
    const family = chainFamily(put);
    for (const edge of [0.05, 0.125, 0.3125, 0.78125, 1.953125]) {
      const below = chainValue(family, 105, 100, edge * (1 - 1e-9));
      expect(Math.abs(chainValue(family, 105, 100, edge * (1 + 1e-9)) - below)).toBeLessThan(2e-5);
    }
  });

  it('of what has no single boundary, or needs none, is optionValue', () => {
    const dividends = [{ years: 0.2, amount: 1, rateContinuous: 0.04 }];
    for (const terms of [
      { ...put, exercise: 'EUROPEAN' },
      { ...put, rateContinuous: 0 },
      { ...put, dividends },
      { ...put, rateContinuous: -0.01, dividendYield: -0.03 },
    ] as const) {
      expect(chainValue(chainFamily(terms), 105, 100, 0.25)).toBe(optionValue({ ...terms, strike: 105 }, 100, 0.25));
    }
  });

  it('refuses bad arguments by name', () => {
    expect(() => chainValue(chainFamily(put), 0, 100, 0.2)).toThrow('strike');
    expect(() => chainValue(chainFamily(put), 100, NaN, 0.2)).toThrow('spot');
  });
});
