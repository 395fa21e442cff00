import { Decimal } from 'decimal.js';
import { type OptionContract, PLAIN_OPTION } from './instrument.js';
import { quoteFlags, quoteMid } from './quote.js';

const put: OptionContract = {
  kind: 'OPTION',
  symbol: 'IBM   070421P00100000',
  underlying: 'IBM',
  right: 'PUT',
  expiry: '2007-04-21',
  strike: 100,
  exercise: 'AMERICAN',
  multiplier: new Decimal(100),
  ...PLAIN_OPTION,
};
const side = (text: string): Decimal | null => (text === '' ? null : new Decimal(text));

describe('a quote', () => {
  // Spot 97.73: intrinsic 2.27, slack 0.09773.
  it.each([
    ['2.50', '2.60', '2.55', []],
    ['0', '2.60', '1.3', ['NO_BID']],
    ['0', '0', null, ['NO_QUOTE']],
    ['', '', null, ['NO_QUOTE']],
    ['', '0', null, ['NO_QUOTE']],
    ['2.50', '', null, ['MISSING_SIDE']],
    ['', '2.60', null, ['MISSING_SIDE']],
    ['2.50', '0', null, ['MISSING_SIDE']],
    ['2.60', '2.50', '2.55', ['CROSSED']],
    ['3', '5', '4', []], // the spread is half the mid, not more
    ['3', '5.01', '4.005', ['WIDE']],
    ['2.10', '2.18', '2.14', []],
    ['2.10', '2.17', '2.135', ['BELOW_INTRINSIC']],
    ['0', '1', '0.5', ['NO_BID', 'BELOW_INTRINSIC']],
  ])('of %s at %s has mid %s and flags %j', (bid, ask, mid, flags) => {
    const quote = { bid: side(bid), ask: side(ask) };
    expect(quoteMid(quote)?.toFixed() ?? null).toBe(mid);
    expect(quoteFlags(put, quote, 97.73)).toEqual(flags);
  });

  it('is compared with intrinsic value only where it can be exercised and spot is known', () => {
    const quote = { bid: new Decimal(1), ask: new Decimal('1.1') };
    expect(quoteFlags({ ...put, exercise: 'EUROPEAN' }, quote, 97.73)).toEqual([]);
    expect(quoteFlags({ ...put, adjusted: true }, quote, 97.73)).toEqual(['ADJUSTED_DELIVERABLE']);
    expect(quoteFlags(put, quote, null)).toEqual([]);
  });
});
