import { Decimal } from 'decimal.js';
import type { CalendarDate, DeclaredDividend, Underlying } from '@app/market';
import type { EXPIRIES } from './demo-calendar.js';
import type { VolatilitySmile } from './volatility-smile.js';

/** An underlying of the demo and how its options are listed and priced. Companies, funds and indices are invented. */
export interface DemoListing {
  readonly underlying: Underlying;
  readonly smile: VolatilitySmile;
  readonly expiries: keyof typeof EXPIRIES;
  /** Dollars between strikes up to three months out; twice as much beyond. */
  readonly strikeStep: number;
  /** Strikes on each side of the one nearest the price. */
  readonly strikesPerSide: number;
}

type Usual = 'priceDate' | 'leverage' | 'dividendYield' | 'dividends';
type Chosen = 'symbol' | 'type' | 'productClass' | 'classGroup';

/** A row of the tables below: what is usual is left out. */
type Listed = Pick<Underlying, Chosen> &
  Partial<Pick<Underlying, Usual>> &
  Pick<DemoListing, 'expiries' | 'strikeStep' | 'strikesPerSide'> & {
    readonly price: string;
    readonly smile: readonly [near: number, far: number, skew: number, curvature: number];
  };

function listing({ price, smile, expiries, strikeStep, strikesPerSide, ...stated }: Listed): DemoListing {
  const [near, far, skew, curvature] = smile;
  return {
    underlying: {
      ...{ kind: 'UNDERLYING', priceDate: null, productGroup: null, leverage: 1, dividendYield: 0, dividends: [] },
      ...stated,
      price: new Decimal(price),
    },
    smile: { near, far, skew, curvature },
    expiries,
    strikeStep,
    strikesPerSide,
  };
}

type Stock = Pick<Listed, 'symbol' | 'price' | 'smile' | 'strikeStep'> & Partial<Listed>;

function stock(stated: Stock): DemoListing {
  const { symbol } = stated;
  const usual = { productClass: 'EQUITY', classGroup: symbol, expiries: 'MONTHLY', strikesPerSide: 7 } as const;
  return listing({ type: 'EQUITY', ...usual, ...stated });
}

/** Equal dividends on several days. */
function quarterly(amount: number, ...exDates: readonly CalendarDate[]): DeclaredDividend[] {
  return exDates.map((exDate) => ({ exDate, amount }));
}

const HIGH_CAP = { productClass: 'HIGH_CAP_INDEX', classGroup: 'MDX' } as const;
const SMALL_CAP = { productClass: 'BROAD_INDEX', classGroup: 'QSX' } as const;
const SECTOR = { productClass: 'NARROW_INDEX', classGroup: 'XQE' } as const;

/** The Marginal 500 (MDX) with its fund and one of three times its daily move, the small caps (QSX), one sector (XQE). */
const INDICES_AND_FUNDS: readonly DemoListing[] = [
  listing({
    ...{ symbol: 'MDX', type: 'INDEX', ...HIGH_CAP, price: '6240.00', dividendYield: 0.0115 },
    ...{ smile: [0.14, 0.185, 0.16, 0.02], expiries: 'INDEX', strikeStep: 50, strikesPerSide: 15 },
  }),
  listing({
    ...{ symbol: 'MDXE', type: 'ETF', ...HIGH_CAP, price: '624.15' },
    dividends: quarterly(1.78, '2026-06-22', '2026-09-21', '2026-12-21'),
    ...{ smile: [0.14, 0.185, 0.16, 0.02], expiries: 'WEEKLY', strikeStep: 5, strikesPerSide: 12 },
  }),
  listing({
    ...{ symbol: 'MDXU', type: 'ETF', ...HIGH_CAP, price: '88.40', leverage: 3 },
    ...{ smile: [0.43, 0.56, 0.14, 0.02], expiries: 'MONTHLY', strikeStep: 2.5, strikesPerSide: 8 },
  }),
  listing({
    ...{ symbol: 'QSX', type: 'INDEX', ...SMALL_CAP, price: '2312.40', dividendYield: 0.012 },
    ...{ smile: [0.19, 0.22, 0.12, 0.02], expiries: 'MONTHLY', strikeStep: 25, strikesPerSide: 9 },
  }),
  listing({
    ...{ symbol: 'QSXE', type: 'ETF', ...SMALL_CAP, price: '231.05', dividends: quarterly(0.72, '2026-09-23') },
    ...{ smile: [0.19, 0.22, 0.12, 0.02], expiries: 'MONTHLY', strikeStep: 5, strikesPerSide: 7 },
  }),
  listing({
    ...{
      symbol: 'XQE',
      type: 'ETF',
      ...SECTOR,
      price: '92.35',
      dividends: quarterly(0.66, '2026-06-22', '2026-09-21'),
    },
    ...{ smile: [0.23, 0.25, 0.08, 0.02], expiries: 'MONTHLY', strikeStep: 2, strikesPerSide: 8 },
  }),
];

const STOCKS: readonly DemoListing[] = [
  // Halvern Systems: large, liquid, weekly options, a small dividend.
  stock({
    ...{ symbol: 'HLVN', price: '212.40', smile: [0.27, 0.29, 0.08, 0.02], strikeStep: 5, expiries: 'WEEKLY' },
    dividends: quarterly(0.26, '2026-08-10', '2026-11-09'),
  }),
  // Novarde Semiconductor: dear and restless.
  stock({
    ...{ symbol: 'NVRD', price: '486.10', smile: [0.52, 0.46, 0.07, 0.02], strikeStep: 10, expiries: 'WEEKLY' },
    strikesPerSide: 8,
  }),
  // Quibert Robotics: an announcement is near, so that the near expiries are the dearest.
  stock({ symbol: 'QBRT', price: '148.75', smile: [0.68, 0.42, 0.05, 0.03], strikeStep: 5 }),
  // Orvale Energy.
  stock({
    ...{ symbol: 'ORVL', price: '63.20', smile: [0.26, 0.28, 0.06, 0.02], strikeStep: 2.5 },
    dividends: quarterly(0.58, '2026-08-14', '2026-11-13'),
  }),
  // Taskin Stores.
  stock({ symbol: 'TSKN', price: '38.60', smile: [0.36, 0.37, 0.07, 0.02], strikeStep: 1, dividendYield: 0.014 }),
  // Brewick Foods: quiet, and a dividend before every monthly expiry.
  stock({
    ...{ symbol: 'BRWK', price: '71.15', smile: [0.16, 0.18, 0.06, 0.03], strikeStep: 2.5 },
    dividends: quarterly(0.51, '2026-07-06', '2026-10-05', '2027-01-04'),
  }),
  // Lumene Pharma: one product, one approval.
  stock({ symbol: 'LMNE', price: '24.35', smile: [0.82, 0.66, -0.04, 0.03], strikeStep: 1, strikesPerSide: 9 }),
  // Pylmar Insurance.
  stock({ symbol: 'PYLM', price: '118.90', smile: [0.22, 0.24, 0.07, 0.02], strikeStep: 5, dividendYield: 0.019 }),
  // Savital Utilities.
  stock({
    ...{ symbol: 'SVTL', price: '46.05', smile: [0.17, 0.18, 0.06, 0.03], strikeStep: 1 },
    dividends: quarterly(0.43, '2026-08-28', '2026-11-27'),
  }),
  // Wexmoor Bank.
  stock({
    ...{ symbol: 'WEXM', price: '54.70', smile: [0.25, 0.27, 0.08, 0.02], strikeStep: 2.5 },
    dividends: quarterly(0.31, '2026-07-31', '2026-10-30'),
  }),
  // Grizon Mining: low-priced.
  stock({ symbol: 'GRZN', price: '12.85', smile: [0.57, 0.55, -0.02, 0.03], strikeStep: 0.5 }),
  // Oldenne Shipping: not traded since Tuesday. Its price is stale, so that nothing on it can be margined.
  stock({
    ...{ symbol: 'OLDN', price: '9.40', priceDate: '2026-06-09', smile: [0.48, 0.5, 0, 0.02], strikeStep: 1 },
    ...{ expiries: 'FEW', strikesPerSide: 2 },
  }),
];

export const DEMO_LISTINGS: readonly DemoListing[] = [...INDICES_AND_FUNDS, ...STOCKS];
