import { Decimal } from 'decimal.js';
import type { CalendarDate, DeclaredDividend, Underlying } from '@app/market';
import type { EXPIRIES } from './demo-calendar.js';
import { demoFacts } from './demo-facts.js';
import type { VolatilitySmile } from './volatility-smile.js';

/** An underlying of the demo and how its options are listed and priced. Companies, funds and indices are invented. */
export interface DemoListing {
  readonly name: string;
  readonly underlying: Underlying;
  readonly smile: VolatilitySmile;
  readonly expiries: keyof typeof EXPIRIES;
  /** Dollars between strikes up to three months out; twice as much beyond. */
  readonly strikeStep: number;
  /** Strikes on each side of the one nearest the price. */
  readonly strikesPerSide: number;
}

/** What is unusual of an underlying, and its smile as a row of numbers. */
type Stated = Partial<Omit<Underlying, 'kind' | 'symbol' | 'price'>> &
  Pick<DemoListing, 'strikeStep'> &
  Partial<Pick<DemoListing, 'expiries' | 'strikesPerSide'>> & {
    readonly smile: readonly [near: number, far: number, skew: number, curvature: number];
  };

/** A stock where nothing else is stated, in a class group of its own. */
function listing(symbol: string, name: string, price: string, stated: Stated): DemoListing {
  const { smile, strikeStep, expiries = 'MONTHLY', strikesPerSide = 7, ...unusual } = stated;
  const [near, far, skew, curvature] = smile;
  const underlying: Underlying = {
    ...{ kind: 'UNDERLYING', symbol, price: new Decimal(price), priceDate: null },
    ...{ type: 'EQUITY', productClass: 'EQUITY', classGroup: symbol, productGroup: null, leverage: 1 },
    ...{ dividendYield: 0, dividends: [], ...demoFacts(symbol, price) },
    ...unusual,
  };
  return { name, underlying, smile: { near, far, skew, curvature }, expiries, strikeStep, strikesPerSide };
}

/** Equal dividends on several days. */
function quarterly(amount: number, ...exDates: readonly CalendarDate[]): DeclaredDividend[] {
  return exDates.map((exDate) => ({ exDate, amount }));
}

const HIGH_CAP = { productClass: 'HIGH_CAP_INDEX', classGroup: 'MDX' } as const;
const SMALL_CAP = { productClass: 'BROAD_INDEX', classGroup: 'QSX' } as const;
const SECTOR = { productClass: 'NARROW_INDEX', classGroup: 'XQE' } as const;

const INDICES_AND_FUNDS: readonly DemoListing[] = [
  listing('MDX', 'Marginal 500 Index', '6240.00', {
    ...{ type: 'INDEX', ...HIGH_CAP, dividendYield: 0.0115 },
    ...{ smile: [0.14, 0.185, 0.16, 0.02], expiries: 'INDEX', strikeStep: 50, strikesPerSide: 15 },
  }),
  listing('MDXE', 'Marginal 500 Fund', '624.15', {
    ...{ type: 'ETF', ...HIGH_CAP, dividendYield: 0.0115 },
    ...{ smile: [0.14, 0.185, 0.16, 0.02], expiries: 'WEEKLY', strikeStep: 5, strikesPerSide: 12 },
  }),
  listing('MDXU', 'Marginal 500 Daily 3x Fund', '88.40', {
    ...{ type: 'ETF', ...HIGH_CAP, leverage: 3 },
    ...{ smile: [0.43, 0.56, 0.14, 0.02], strikeStep: 2.5, strikesPerSide: 8 },
  }),
  listing('QSX', 'Quarter Small-Cap Index', '2312.40', {
    ...{ type: 'INDEX', ...SMALL_CAP, dividendYield: 0.012 },
    ...{ smile: [0.19, 0.22, 0.12, 0.02], strikeStep: 25, strikesPerSide: 9 },
  }),
  listing('QSXE', 'Quarter Small-Cap Fund', '231.05', {
    ...{ type: 'ETF', ...SMALL_CAP, dividends: quarterly(0.72, '2026-09-23') },
    ...{ smile: [0.19, 0.22, 0.12, 0.02], strikeStep: 5 },
  }),
  listing('XQE', 'Energy Sector Fund', '92.35', {
    ...{ type: 'ETF', ...SECTOR, dividendYield: 0.021 },
    ...{ smile: [0.23, 0.25, 0.08, 0.02], strikeStep: 2, strikesPerSide: 8 },
  }),
];

const STOCKS: readonly DemoListing[] = [
  listing('HLVN', 'Halvern Systems', '212.40', {
    ...{ smile: [0.27, 0.29, 0.08, 0.02], strikeStep: 5, expiries: 'WEEKLY' },
    dividends: quarterly(0.26, '2026-08-10', '2026-11-09'),
  }),
  listing('NVRD', 'Novarde Semiconductor', '486.10', {
    ...{ smile: [0.52, 0.46, 0.07, 0.02], strikeStep: 10, expiries: 'WEEKLY', strikesPerSide: 8 },
  }),
  // An announcement is near, so that the near expiries are the dearest.
  listing('QBRT', 'Quibert Robotics', '148.75', { smile: [0.68, 0.42, 0.05, 0.03], strikeStep: 5 }),
  listing('ORVL', 'Orvale Energy', '63.20', {
    ...{ smile: [0.26, 0.28, 0.06, 0.02], strikeStep: 2.5 },
    dividends: quarterly(0.58, '2026-08-14', '2026-11-13'),
  }),
  listing('TSKN', 'Taskin Stores', '38.60', {
    ...{ smile: [0.36, 0.37, 0.07, 0.02], strikeStep: 1, dividendYield: 0.014 },
  }),
  // A dividend before the July expiry: calls in the money may be exercised on the eve of it.
  listing('BRWK', 'Brewick Foods', '71.15', {
    ...{ smile: [0.16, 0.18, 0.06, 0.03], strikeStep: 2.5 },
    dividends: quarterly(0.51, '2026-07-06', '2026-10-05', '2027-01-04'),
  }),
  // One product, one approval: the skew is upward.
  listing('LMNE', 'Lumene Pharma', '24.35', { smile: [0.82, 0.66, -0.04, 0.03], strikeStep: 1, strikesPerSide: 9 }),
  listing('PYLM', 'Pylmar Insurance', '118.90', {
    ...{ smile: [0.22, 0.24, 0.07, 0.02], strikeStep: 5, dividendYield: 0.019 },
  }),
  listing('SVTL', 'Savital Utilities', '46.05', {
    ...{ smile: [0.17, 0.18, 0.06, 0.03], strikeStep: 1 },
    dividends: quarterly(0.43, '2026-08-28', '2026-11-27'),
  }),
  listing('WEXM', 'Wexmoor Bank', '54.70', {
    ...{ smile: [0.25, 0.27, 0.08, 0.02], strikeStep: 2.5, dividendYield: 0.0225 },
  }),
  listing('GRZN', 'Grizon Mining', '12.85', { smile: [0.57, 0.55, -0.02, 0.03], strikeStep: 0.5 }),
  // Not traded since Tuesday: its price is stale, so that nothing on it can be margined.
  listing('OLDN', 'Oldenne Shipping', '9.40', {
    ...{ priceDate: '2026-06-09', smile: [0.48, 0.5, 0, 0.02] },
    ...{ strikeStep: 1, expiries: 'FEW', strikesPerSide: 2 },
  }),
];

export const DEMO_LISTINGS: readonly DemoListing[] = [...INDICES_AND_FUNDS, ...STOCKS];
