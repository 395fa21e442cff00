import { mayExerciseEarly } from './early-exercise.js';
import type { CashDividend, OptionRight, OptionTerms } from './option-terms.js';

const quarter: readonly CashDividend[] = [{ years: 0.25, amount: 0.5, rateContinuous: 0.05 }];

function early(right: OptionRight, rateContinuous: number, dividendYield: number, dividends: readonly CashDividend[]) {
  const terms: OptionTerms = {
    ...{ right, exercise: 'AMERICAN', strike: 100, yearsToExpiry: 1, rateContinuous, dividendYield, dividends },
  };
  expect(mayExerciseEarly({ ...terms, exercise: 'EUROPEAN' })).toBe(false);
  return mayExerciseEarly(terms);
}

describe('mayExerciseEarly', () => {
  it.each([
    ['CALL', 0.05, 0, false],
    ['CALL', 0, 0, false],
    ['CALL', -0.01, 0, true],
    ['CALL', -0.01, -0.02, false],
    ['CALL', 0.05, 0.02, true],
    ['CALL', 0.02, 0.05, true],
    ['PUT', 0.05, 0, true],
    ['PUT', 0, 0, false],
    ['PUT', -0.01, 0, false],
    ['PUT', -0.01, -0.02, true],
    ['PUT', -0.02, -0.01, false],
    ['PUT', 0, -0.01, true],
  ] as const)('%s at rate %d and yield %d: %s', (right, r, q, expected) => {
    expect(early(right, r, q, [])).toBe(expected);
  });

  it('of a call with a dividend depends on whether interest on the strike outweighs it', () => {
    // Interest from 0.25 to 1 year on 100 at 5 % is about 3.6; at 0.1 % it is 0.07.
    expect(early('CALL', 0.05, 0, quarter)).toBe(false);
    expect(early('CALL', 0.001, 0, quarter)).toBe(true);
    expect(early('CALL', 0.05, 0, [...quarter, { years: 1, amount: 0.5, rateContinuous: 0.05 }])).toBe(true);
    expect(early('CALL', 0.05, 0, [...quarter, { years: 0.5, amount: 4, rateContinuous: 0.05 }])).toBe(true);
  });

  it('of a put is never hastened by a dividend', () => {
    expect(early('PUT', 0, 0, quarter)).toBe(false);
    expect(early('PUT', 0.05, 0, quarter)).toBe(true);
  });
});
