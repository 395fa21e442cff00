import { largestValue } from './largest-value.js';
import type { OptionTerms } from './option-terms.js';
import { optionValue } from './option-value.js';

const put: OptionTerms = {
  right: 'PUT',
  exercise: 'AMERICAN',
  strike: 100,
  yearsToExpiry: 2,
  rateContinuous: 0.05,
  dividendYield: 0.03,
  dividends: [],
};
const european = (terms: OptionTerms): OptionTerms => ({ ...terms, exercise: 'EUROPEAN' });

describe('largestValue', () => {
  it('of a put is the strike, discounted if European, grown at a negative rate', () => {
    expect(largestValue(put, 80, 80)).toBe(100);
    expect(largestValue(european(put), 80, 80)).toBe(100 * Math.exp(-0.1));
    expect(largestValue({ ...put, rateContinuous: -0.05 }, 80, 80)).toBe(100 * Math.exp(0.1));
  });

  it('of a call is the share, without its yield and dividends if European', () => {
    expect(largestValue({ ...put, right: 'CALL' }, 80, 75)).toBe(80);
    expect(largestValue(european({ ...put, right: 'CALL' }), 80, 75)).toBe(75 * Math.exp(-0.06));
    expect(largestValue({ ...put, right: 'CALL', dividendYield: -0.03 }, 80, 75)).toBe(5 + 75 * Math.exp(0.06));
  });

  it('is where values go at absurd volatilities', () => {
    for (const terms of [put, european(put), { ...put, right: 'CALL' } as const, european({ ...put, right: 'CALL' })]) {
      const largest = largestValue(terms, 80, 80);
      expect(optionValue(terms, 80, 100)).toBeLessThanOrEqual(largest);
      expect(optionValue(terms, 80, 100)).toBeGreaterThan(0.98 * largest);
    }
  });
});
