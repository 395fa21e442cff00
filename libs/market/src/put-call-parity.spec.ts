import type { OptionTerms } from '@app/pricing';
import { Decimal } from 'decimal.js';
import { parityBounds, parityBreak } from './put-call-parity.js';
import type { Quote } from './quote.js';

const terms: OptionTerms = {
  right: 'CALL',
  exercise: 'EUROPEAN',
  strike: 100,
  yearsToExpiry: 1,
  rateContinuous: 0.05,
  dividendYield: 0.02,
  dividends: [{ years: 0.5, amount: 2, rateContinuous: 0.04 }],
};
const quote = (bid: string | null, ask: string | null): Quote => ({
  bid: bid === null ? null : new Decimal(bid),
  ask: ask === null ? null : new Decimal(ask),
});

describe('parityBounds', () => {
  it('is one value for European options', () => {
    // 100·e^−0.02 − 2·e^−0.02 − 100·e^−0.05 = 98.019867 − 1.960397 − 95.122942
    const { low, high } = parityBounds(terms, 100);
    expect(low).toBeCloseTo(0.936528, 6);
    expect(high).toBe(low);
  });

  it('is a range for American options', () => {
    const { low, high } = parityBounds({ ...terms, exercise: 'AMERICAN' }, 100);
    expect(low).toBeCloseTo(98.019867 - 1.960397 - 100, 6);
    expect(high).toBeCloseTo(100 - 95.122942, 6);
  });

  it('holds the European value inside the American range for negative rates and yields too', () => {
    for (const rateContinuous of [-0.03, 0, 0.05]) {
      for (const dividendYield of [-0.02, 0, 0.04]) {
        const given = { ...terms, rateContinuous, dividendYield };
        const european = parityBounds(given, 100).low;
        const { low, high } = parityBounds({ ...given, exercise: 'AMERICAN' }, 100);
        expect(european).toBeGreaterThanOrEqual(low);
        expect(european).toBeLessThanOrEqual(high);
      }
    }
  });
});

describe('parityBreak', () => {
  // Call minus put must be 0.94, give or take 1 % of spot: between −0.06 and 1.94.
  it.each([
    ['9.90', '10.10', '9.00', '9.20', false],
    ['11.20', '11.40', '9.00', '9.20', true], // 2.00 can be had for certain
    ['11.10', '11.40', '9.00', '9.20', false], // 1.90 only
    ['8.00', '8.90', '9.00', '9.20', true], // at most −0.10
    ['8.00', '8.98', '9.00', '9.20', false],
  ])('call %s at %s, put %s at %s: %s', (callBid, callAsk, putBid, putAsk, broken) => {
    expect(parityBreak(quote(callBid, callAsk), quote(putBid, putAsk), terms, 100)).toBe(broken);
  });

  it('says nothing where one has no price', () => {
    expect(parityBreak(quote('50', null), quote('9', '9.2'), terms, 100)).toBe(false);
    expect(parityBreak(quote('50', '51'), quote('0', '0'), terms, 100)).toBe(false);
  });
});
