import type { OptionTerms } from './option-terms.js';
import { exerciseRegion, unitPut } from './unit-put.js';

describe('unitPut', () => {
  const put: OptionTerms = {
    right: 'PUT',
    exercise: 'AMERICAN',
    strike: 50,
    yearsToExpiry: 1,
    rateContinuous: 0.05,
    dividendYield: 0.02,
    dividends: [],
  };

  it('exchanges rate and yield of a call', () => {
    expect(unitPut(put)).toEqual({ r: 0.05, q: 0.02, isCall: false, strike: 50 });
    expect(unitPut({ ...put, right: 'CALL' })).toEqual({ r: 0.02, q: 0.05, isCall: true, strike: 50 });
  });
});

describe('exerciseRegion', () => {
  it.each([
    [0.05, 0, 'BELOW'],
    [0.05, 0.09, 'BELOW'],
    [0.05, -0.09, 'BELOW'],
    [0, -0.01, 'BELOW'],
    [0, 0, 'NEVER'],
    [0, 0.05, 'NEVER'],
    [-0.02, -0.01, 'NEVER'],
    [-0.01, -0.02, 'BETWEEN'],
  ])('of a put at rate %d and yield %d: %s', (r, q, expected) => {
    expect(exerciseRegion({ r, q })).toBe(expected);
  });
});
