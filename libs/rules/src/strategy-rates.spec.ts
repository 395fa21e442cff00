import { STRATEGY_RATES, strategyRate } from './strategy-rates.js';

const DATE = '2026-08-21';
const government = (maturity: string): number =>
  strategyRate(STRATEGY_RATES, 'BOND', { issuer: 'US_GOVERNMENT', maturity }, DATE)!.value;

it.each([
  ['2026-08-22', 0.01],
  ['2027-08-20', 0.01],
  ['2027-08-21', 0.02],
  ['2029-08-20', 0.02],
  ['2029-08-21', 0.03],
  ['2031-08-21', 0.04],
  ['2036-08-21', 0.05],
  ['2046-08-20', 0.05],
  ['2046-08-21', 0.06],
  ['2056-08-21', 0.06],
])('an obligation of the United States due %s keeps %d', (maturity, rate) => {
  expect(government(maturity)).toBe(rate);
});

it.each([
  ['MUNICIPAL', 0.07],
  ['INVESTMENT_GRADE', 0.1],
  ['OTHER', 0.2],
] as const)('a bond of issuer %s keeps %d whatever its maturity', (issuer, rate) => {
  for (const maturity of ['2026-09-01', '2060-01-01']) {
    expect(strategyRate(STRATEGY_RATES, 'BOND', { issuer, maturity }, DATE)!.value).toBe(rate);
  }
});

it.each([
  ['MONEY_MARKET_FUND', 0.01],
  ['FUND', 0.15],
  ['NON_MARGIN_EQUITY', 1],
] as const)('%s keeps %d', (strategyClass, rate) => {
  expect(strategyRate(STRATEGY_RATES, strategyClass, null, DATE)!.value).toBe(rate);
});

it('a bond of which nothing is known has no rate', () => {
  expect(strategyRate(STRATEGY_RATES, 'BOND', null, DATE)).toBeUndefined();
});
