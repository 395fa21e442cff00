import { classification } from './classification.js';

it.each([
  ['SPX', 'INDEX', 'HIGH_CAP_INDEX', 'SPX'],
  ['SPY', 'ETF', 'HIGH_CAP_INDEX', 'SPX'],
  ['XSP', 'INDEX', 'HIGH_CAP_INDEX', 'SPX'],
  ['DIA', 'ETF', 'HIGH_CAP_INDEX', 'DJX'],
  ['QQQ', 'ETF', 'BROAD_INDEX', 'NDX'],
  ['IWM', 'ETF', 'BROAD_INDEX', 'RUT'],
  ['XLE', 'ETF', 'NARROW_INDEX', 'XLE'],
  ['IBM', 'EQUITY', 'EQUITY', 'IBM'],
] as const)('%s (%s) is %s in class group %s', (symbol, type, productClass, classGroup) => {
  expect(classification(symbol, type)).toEqual({ productClass, classGroup, assumed: false });
});

// Funds on a part or a variant of an index do not move as it does.
it.each(['RSP', 'SPYG', 'SPYD', 'SPYI', 'NOBL', 'TQQQ', 'QQQI', 'VIX'])(
  '%s stands alone in the widest range',
  (symbol) => {
    const type = symbol === 'VIX' ? 'INDEX' : 'ETF';
    expect(classification(symbol, type)).toEqual({ productClass: 'NARROW_INDEX', classGroup: symbol, assumed: true });
  },
);
