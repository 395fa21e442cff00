import { classification } from './classification.js';

const US_BROAD = { productGroup: 'US-BROAD', portfolioGroup: 'US-INDICES' };
const NO_GROUPS = { productGroup: null, portfolioGroup: null };

describe('classification', () => {
  it.each([
    ['SPX', 'INDEX', 'HIGH_CAP_INDEX', 'SPX', US_BROAD],
    ['SPY', 'ETF', 'HIGH_CAP_INDEX', 'SPX', US_BROAD],
    ['XSP', 'INDEX', 'HIGH_CAP_INDEX', 'SPX', US_BROAD],
    ['OEF', 'ETF', 'HIGH_CAP_INDEX', 'OEX', US_BROAD],
    ['DIA', 'ETF', 'HIGH_CAP_INDEX', 'DJX', US_BROAD],
    ['QQQ', 'ETF', 'BROAD_INDEX', 'NDX', { productGroup: 'US-NASDAQ', portfolioGroup: 'US-INDICES' }],
    ['IWM', 'ETF', 'BROAD_INDEX', 'RUT', { productGroup: 'US-SMALL-CAP', portfolioGroup: 'US-INDICES' }],
  ] as const)('of %s (%s) is %s in class group %s', (symbol, type, productClass, classGroup, groups) => {
    const place = { productClass, classGroup, ...groups, leverage: 1 };
    expect(classification(symbol, type)).toEqual({ ...place, basis: 'INDEX_TABLE' });
  });

  it.each([
    ['IBM', 'EQUITY', 'EQUITY', 'SHARE'],
    ['T2034', 'BOND', 'EQUITY', 'SHARE'],
    ['XLE', 'ETF', 'NARROW_INDEX', 'SECTOR_TABLE'],
    ['VIX', 'INDEX', 'NARROW_INDEX', 'VOLATILITY_INDEX'],
    // Funds on a part or a variant of an index do not move as it does.
    ...(['RSP', 'SPYG', 'SPYD', 'SPYI', 'NOBL', 'QQQI'] as const).map(
      (symbol) => [symbol, 'ETF', 'NARROW_INDEX', 'ASSUMED'] as const,
    ),
  ] as const)('of %s (%s) is alone, %s by %s', (symbol, type, productClass, basis) => {
    const place = { productClass, classGroup: symbol, ...NO_GROUPS, leverage: 1 };
    expect(classification(symbol, type)).toEqual({ ...place, basis });
  });

  it.each([
    ['QLD', 'ProShares Ultra QQQ', 2, 'NDX'],
    ['TQQQ', 'ProShares UltraPro QQQ', 3, 'NDX'],
    ['SQQQ', 'ProShares UltraPro Short QQQ', -3, 'NDX'],
    ['PSQ', 'ProShares Short QQQ', -1, 'NDX'],
    ['SSO', 'ProShares Ultra S&P500', 2, 'SPX'],
    ['UPRO', 'ProShares UltraPro S&P 500', 3, 'SPX'],
    ['SH', 'ProShares Short S&P500', -1, 'SPX'],
    ['SDS', 'ProShares UltraShort S&P500', -2, 'SPX'],
    ['SPXU', 'ProShares UltraPro Short S&P500', -3, 'SPX'],
    ['SPXL', 'Direxion Daily S&P 500 Bull 3X Shares', 3, 'SPX'],
    ['SPDN', 'Direxion Daily S&P 500 Bear 1X ETF', -1, 'SPX'],
    ['SDOW', 'UltraPro Short Dow30', -3, 'DJX'],
    ['TNA', 'Direxion Small Cap Bull 3X ETF', 3, 'RUT'],
    ['TZA', 'Direxion Small Cap Bear 3X ETF', -3, 'RUT'],
    ['UWM', 'ProShares Ultra Russell2000', 2, 'RUT'],
  ])('knows %s, %s, as %s times %s', (symbol, name, leverage, classGroup) => {
    const { productClass } = classification(classGroup, 'INDEX');
    expect(classification(symbol, 'ETF', name)).toMatchObject({
      leverage,
      classGroup,
      productClass,
      basis: 'LEVERAGED_NAME',
    });
  });

  it.each([
    ['HIBL', 'Direxion Daily S&P 500 High Beta Bull 3X ETF', 3],
    ['URSP', 'ProShares Ultra S&P 500 Equal Weight', 2],
    ['WEBL', 'Direxion Daily Dow Jones Internet Bull 3X ETF', 3],
    ['SPYQ', 'Tradr 2X Long SPY Quarterly ETF', 2],
    ['NVDL', 'GraniteShares 2x Long NVDA Daily ETF', 2],
    ['NVDS', 'Tradr 1.5X Short NVDA Daily ETF', -1.5],
    ['BITI', 'ProShares Short Bitcoin', -1],
  ])('leaves %s, %s, alone at %s times the widest range', (symbol, name, leverage) => {
    const place = { productClass: 'NARROW_INDEX', classGroup: symbol, ...NO_GROUPS, leverage };
    expect(classification(symbol, 'ETF', name)).toEqual({ ...place, basis: 'ASSUMED' });
  });

  it('takes a stated multiple, and not the index of a name that promises another', () => {
    expect(classification('QLD', 'ETF', 'ProShares Ultra QQQ', 2)).toMatchObject({ leverage: 2, classGroup: 'NDX' });
    expect(classification('QLD', 'ETF', 'ProShares Ultra QQQ', 1)).toMatchObject({ leverage: 1, classGroup: 'QLD' });
  });

  it.each(['ProShares S&P 500 High Income ETF', 'Vanguard Short-Term Bond ETF', 'iShares 0-3 Month Treasury Bond ETF'])(
    'reads no multiple into %s',
    (name) => expect(classification('F', 'ETF', name)).toMatchObject({ leverage: 1, basis: 'ASSUMED' }),
  );
});
