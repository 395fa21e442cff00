import { certainValue, intrinsicValue } from './certain-value.js';
import type { OptionTerms } from './option-terms.js';

const put: OptionTerms = {
  right: 'PUT',
  exercise: 'AMERICAN',
  strike: 100,
  yearsToExpiry: 2,
  rateContinuous: 0.05,
  dividendYield: 0,
  dividends: [],
};

describe('certainValue', () => {
  it('of a European option is its discounted forward intrinsic value', () => {
    const european: OptionTerms = { ...put, exercise: 'EUROPEAN', dividendYield: 0.02 };
    expect(certainValue(european, 80, 80)).toBeCloseTo(100 * Math.exp(-0.1) - 80 * Math.exp(-0.04), 12);
    expect(certainValue(european, 120, 120)).toBe(0);
  });

  it('of an American put at positive rates without yield is intrinsic', () => {
    expect(certainValue(put, 80, 80)).toBe(20);
    expect(intrinsicValue(put, 80)).toBe(20);
    expect(intrinsicValue({ ...put, right: 'CALL' }, 80)).toBe(0);
  });

  it.each([
    ['a put waits for a yield above the rate', { ...put, rateContinuous: 0.02, dividendYield: 0.08 }, 60],
    [
      'a call waits while the strike earns more than the yield costs',
      { ...put, right: 'CALL', dividendYield: 0.04 },
      110,
    ],
    ['a put on nothing at a negative rate waits', { ...put, rateContinuous: -0.01 }, 0],
  ] as const)('%s', (_, terms, spot) => {
    let best = 0;
    for (let t = 0; t <= 2; t += 1e-4) {
      const legs = spot * Math.exp(-terms.dividendYield * t) - 100 * Math.exp(-terms.rateContinuous * t);
      best = Math.max(best, terms.right === 'CALL' ? legs : -legs);
    }
    expect(certainValue(terms, spot, spot)).toBeCloseTo(best, 6);
  });

  it('exercises a call just before the drop and a put just after it', () => {
    const dividends = [{ years: 1, amount: 20, rateContinuous: 0.05 }];
    const pv = 20 * Math.exp(-0.05);
    const call: OptionTerms = { ...put, right: 'CALL', dividends };
    expect(certainValue(call, 130, 130 - pv)).toBeCloseTo(130 - 100 * Math.exp(-0.05), 12);
    expect(certainValue({ ...put, dividends }, 90, 90 - pv)).toBeCloseTo(100 * Math.exp(-0.05) - (90 - pv), 12);
  });
});
