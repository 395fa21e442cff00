import { strategyClass } from './strategy-class.js';

describe('strategyClass', () => {
  it.each([
    ['EQUITY', true, null],
    ['ETF', true, null],
    ['INDEX', false, null],
    ['EQUITY', false, 'NON_MARGIN_EQUITY'],
    ['ETF', false, 'NON_MARGIN_EQUITY'],
    ['BOND', true, 'BOND'],
    ['MONEY_MARKET_FUND', true, 'MONEY_MARKET_FUND'],
    ['FUND', false, 'FUND'],
  ] as const)('of %s, marginable %s, is %s', (type, marginable, expected) => {
    expect(strategyClass({ type, marginable })).toBe(expected);
  });
});
