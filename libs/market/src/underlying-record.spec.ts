import { NO_FACTS } from './instrument.js';
import { underlyingRow } from './underlying-record.js';

const record = { symbol: 'SPY', type: 'etf', price: '765.72', dividend_yield: '0.011', leverage_factor: '1' };
const read = (change: Record<string, string>): ReturnType<typeof underlyingRow> =>
  underlyingRow({ ...record, ...change }, '2026-08-21');

describe('underlyingRow', () => {
  it('reads a fund and classifies it', () => {
    const row = read({});
    expect(row).toMatchObject({
      kind: 'UNDERLYING_ROW',
      notes: [],
      underlying: { type: 'ETF', productClass: 'HIGH_CAP_INDEX', classGroup: 'SPX', leverage: 1, dividendYield: 0.011 },
    });
    expect(row.kind === 'UNDERLYING_ROW' && row.underlying.price?.toFixed()).toBe('765.72');
  });

  it('rounds floating-point noise to ten decimals, and says so', () => {
    const row = read({ price: '50.209999084472656' });
    expect(row).toMatchObject({ notes: ['PRICE_ROUNDED'] });
    expect(row.kind === 'UNDERLYING_ROW' && row.underlying.price?.toFixed()).toBe('50.2099990845');
  });

  it.each([
    [{ dividend_yield: '' }, ['DIVIDEND_YIELD_ABSENT'], { dividendYield: 0 }],
    [{ price: '' }, ['PRICE_ABSENT'], { price: null }],
    [{ price_date: '2026-08-20' }, ['PRICE_STALE'], { priceDate: '2026-08-20' }],
    [{ price_date: '2026-08-21' }, [], { priceDate: null }],
    [{ symbol: 'NEWF' }, ['CLASSIFICATION_ASSUMED'], { productClass: 'NARROW_INDEX', classGroup: 'NEWF' }],
    [
      { symbol: 'NEWF', product_class: 'BROAD_INDEX', class_group: 'RUT' },
      [],
      { productClass: 'BROAD_INDEX', classGroup: 'RUT' },
    ],
    [{ leverage_factor: '-3' }, [], { leverage: -3 }],
    [{ leverage_factor: '' }, [], { leverage: 1 }],
    [{}, [], { ...NO_FACTS, productGroup: 'US-BROAD', portfolioGroup: 'US-INDICES' }],
    [{ class_group: 'RUT', product_class: 'broad_index' }, [], { classGroup: 'RUT', productGroup: 'US-SMALL-CAP' }],
    [{ product_group: 'MINE', portfolio_group: 'OURS' }, [], { productGroup: 'MINE', portfolioGroup: 'OURS' }],
    [
      { symbol: 'TQQQ', name: 'ProShares UltraPro QQQ', leverage_factor: '' },
      [],
      { productClass: 'BROAD_INDEX', classGroup: 'NDX', productGroup: 'US-NASDAQ', leverage: 3 },
    ],
    [{ symbol: 'VIX', type: 'index' }, ['CLASSIFICATION_ASSUMED'], { productClass: 'NARROW_INDEX', classGroup: 'VIX' }],
    [{ portfolio_group: 'US', beta: '-0.25' }, [], { portfolioGroup: 'US', beta: -0.25 }],
    [{ market_cap: '1.5', shares_outstanding: '2' }, [], { marketCap: 1.5, sharesOutstanding: 2 }],
    [{ average_daily_volume: '0', adv_20d_shares: '7' }, [], { averageDailyVolume: 0 }],
    [{ adv_20d_shares: '7' }, [], { averageDailyVolume: 7 }],
    [{ earnings_date: '2026-10-29', marginable: 'False' }, [], { earningsDate: '2026-10-29', marginable: false }],
    [
      { symbol: 'T2034', type: 'bond', bond_issuer: 'us_government', bond_maturity: '2034-02-15' },
      [],
      { type: 'BOND', classGroup: 'T2034', bond: { issuer: 'US_GOVERNMENT', maturity: '2034-02-15' } },
    ],
    [{ symbol: 'CASHX', type: 'money_market_fund' }, [], { type: 'MONEY_MARKET_FUND', bond: null }],
  ])('with %j notes %j', (change, notes, underlying) => {
    expect(read(change)).toMatchObject({ kind: 'UNDERLYING_ROW', notes, underlying });
  });

  it.each([
    [{ symbol: 'spy' }, 'symbol', 'NOT_A_SYMBOL'],
    [{ type: 'loan' }, 'type', 'UNKNOWN_WORD'],
    [{ beta: '10.5' }, 'beta', 'OUT_OF_RANGE'],
    [{ market_cap: '0' }, 'market_cap', 'OUT_OF_RANGE'],
    [{ shares_outstanding: '-1' }, 'shares_outstanding', 'OUT_OF_RANGE'],
    [{ adv_20d_shares: '-1' }, 'adv_20d_shares', 'OUT_OF_RANGE'],
    [{ earnings_date: 'soon' }, 'earnings_date', 'NOT_A_DATE'],
    [{ marginable: 'perhaps' }, 'marginable', 'UNKNOWN_WORD'],
    [{ bond_issuer: 'other' }, 'bond_maturity', 'MISSING'],
    [{ price: '0' }, 'price', 'OUT_OF_RANGE'],
    [{ price: '0.00000000001' }, 'price', 'OUT_OF_RANGE'],
    [{ price: '1e3' }, 'price', 'NOT_A_DECIMAL'],
    [{ price_date: '2026-08-22' }, 'price_date', 'OUT_OF_RANGE'],
    [{ dividend_yield: '1.1' }, 'dividend_yield', 'OUT_OF_RANGE'],
    [{ dividend_yield: '-0.1' }, 'dividend_yield', 'OUT_OF_RANGE'],
    [{ leverage_factor: '0' }, 'leverage_factor', 'OUT_OF_RANGE'],
    [{ product_class: 'HUGE' }, 'product_class', 'UNKNOWN_WORD'],
  ])('refuses %j for its %s', (change, column, code) => {
    expect(read(change)).toMatchObject({ kind: 'REFUSED', symbol: 'symbol' in change ? null : 'SPY', column, code });
  });
});
