import type { Instrument, Market, Underlying } from '@app/market';
import type { Order, Position, WorkingOrder } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { DECEMBER, future, indexed, marketOf, option, SEPTEMBER, share } from '../support/sample-market.js';

/** A small market with all there is: an index with its funds, options and future, a small-cap fund, two stocks. */
const INSTRUMENTS: readonly Instrument[] = [
  indexed('SPX', '5000', { type: 'INDEX', dividendYield: 0.013 }),
  indexed('SPY', '499.37'),
  indexed('SH', '40.11', { leverage: -1 }),
  indexed('UPRO', '80.25', { leverage: 3 }),
  share('IWM', '201.70', { type: 'ETF', productClass: 'BROAD_INDEX', classGroup: 'RUT' }),
  share('AAA', '97.73', { dividends: [{ exDate: '2026-09-10', amount: 0.52 }] }),
  share('BBB', '12.31'),
  future('ESU6', 'SPX', '5013.25'),
  ...[4700, 5000, 5150].flatMap((strike) => [
    option('SPX', SEPTEMBER, 'CALL', strike, { exercise: 'EUROPEAN', impliedVolatility: 0.15 }),
    option('SPX', DECEMBER, 'PUT', strike, { exercise: 'EUROPEAN', impliedVolatility: 0.19 }),
  ]),
  ...[480, 520].map((strike) => option('SPY', SEPTEMBER, 'PUT', strike, { impliedVolatility: 0.17 })),
  ...[90, 100, 125].flatMap((strike) => [
    option('AAA', SEPTEMBER, 'CALL', strike, { impliedVolatility: 0.31 }),
    option('AAA', DECEMBER, 'PUT', strike, { impliedVolatility: 0.34 }),
  ]),
  option('BBB', SEPTEMBER, 'CALL', 12, { impliedVolatility: 0.6, price: new Decimal('1.05') }),
  option('BBB', SEPTEMBER, 'PUT', 10, { impliedVolatility: 0.6, multiplier: new Decimal(10) }),
];

export const MARKET: Market = marketOf(INSTRUMENTS);

const FACTS = {
  ...{ beta: 1.3, marketCap: 2e9, sharesOutstanding: 40_000, averageDailyVolume: 3000, earningsDate: '2026-08-24' },
} as const;

function groupsOf({ classGroup }: Underlying): Pick<Underlying, 'productGroup' | 'portfolioGroup'> {
  if (classGroup === 'SPX' || classGroup === 'OEX') return { productGroup: 'BROAD', portfolioGroup: 'INDICES' };
  return classGroup === 'RUT'
    ? { productGroup: 'SMALL', portfolioGroup: 'INDICES' }
    : { productGroup: null, portfolioGroup: null };
}

/** The same with a third index, groups above the class groups, and every fact a house rule may ask for. */
export const GROUPED_MARKET: Market = marketOf(
  [
    ...INSTRUMENTS,
    indexed('RUT', '2030', { type: 'INDEX', productClass: 'BROAD_INDEX', classGroup: 'RUT' }),
    indexed('OEX', '2510', { type: 'INDEX', classGroup: 'OEX' }),
    indexed('OEF', '251.13', { classGroup: 'OEX' }),
    option('OEF', SEPTEMBER, 'PUT', 250, { impliedVolatility: 0.18 }),
  ].map((instrument) =>
    instrument.kind === 'UNDERLYING' ? { ...instrument, ...groupsOf(instrument), ...FACTS } : instrument,
  ),
);
const SYMBOLS = INSTRUMENTS.map(({ symbol }) => symbol).filter((symbol) => symbol !== 'SPX');
export const OPTION_SYMBOLS = INSTRUMENTS.filter(({ kind }) => kind === 'OPTION').map(({ symbol }) => symbol);
/** One class group of everything: index, funds, inverse and leveraged ones, options of both styles, a future. */
export const SPX_GROUP = SYMBOLS.filter((symbol) => /^(SPX|SPY|SH|UPRO|ESU6)/.test(symbol));

const quantities = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -300, max: 300 }).map(String) },
  // Fractions of a share, to the last decimal a request may have.
  { weight: 1, arbitrary: fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }).map((units) => `${units}e-10`) },
);

export const GROUPED_SYMBOLS = [...SYMBOLS, 'OEF', option('OEF', SEPTEMBER, 'PUT', 250).symbol];

/** Lines of positions: symbols may repeat, quantities may be zero. */
export function positionLists(symbols: readonly string[] = SYMBOLS, maxLength = 8): fc.Arbitrary<Position[]> {
  const positions = fc.record({
    symbol: fc.constantFrom(...symbols),
    quantity: quantities.map((text) => new Decimal(text)),
  });
  return fc.array(positions, { maxLength });
}

export const cash = fc.integer({ min: -5_000_000, max: 50_000_000 }).map((cents) => new Decimal(cents).dividedBy(100));

const legs = fc.record({
  symbol: fc.constantFrom(...SYMBOLS),
  side: fc.constantFrom('BUY' as const, 'SELL' as const, 'SELL_SHORT' as const),
  ratioQty: fc.integer({ min: 1, max: 5 }).map((ratio) => new Decimal(ratio)),
});
const prices = fc.option(
  fc.integer({ min: 0, max: 60_000 }).map((cents) => new Decimal(cents).dividedBy(100)),
  { freq: 2 },
);

/** One leg at a price or the mark; several at their marks. */
export const orders: fc.Arbitrary<Order[]> = fc
  .array(
    fc.record({
      orderQty: fc.integer({ min: 1, max: 200 }).map((units) => new Decimal(units)),
      price: prices,
      legs: fc.array(legs, { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 4 },
  )
  .map((list) =>
    list.map((order, index) => ({
      ...order,
      clOrdId: String(index),
      price: order.legs.length === 1 ? order.price : null,
    })),
  );

/** The order that undoes another: each leg on the other side, at the same price. */
export function reversed(order: Order): Order {
  return {
    ...order,
    clOrdId: `${order.clOrdId} reversed`,
    legs: order.legs.map((leg) => ({ ...leg, side: leg.side === 'BUY' ? 'SELL' : 'BUY' })),
  };
}

/** Up to ten working orders: most stand for themselves, some are exits of an earlier one or exclude each other. */
export const workingOrders: fc.Arbitrary<WorkingOrder[]> = fc
  .array(
    fc.record({
      orderQty: fc.integer({ min: 1, max: 200 }).map((units) => new Decimal(units)),
      price: prices,
      legs: fc.array(legs, { minLength: 1, maxLength: 3 }),
      after: fc.option(fc.nat({ max: 9 }), { freq: 4 }),
      oneOf: fc.option(fc.constantFrom('left', 'right'), { freq: 4 }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((list) =>
    list.map(({ after: entry, oneOf, ...order }, index) => {
      // An exit comes after its entry in the list.
      const after = entry !== null && entry < index ? String(entry) : null;
      return {
        order: { ...order, clOrdId: String(index), price: order.legs.length === 1 ? order.price : null },
        after,
        oneOf: oneOf && (index === 9 ? oneOf : `${oneOf} ${after}`),
      };
    }),
  );

/** A bracket, two orders that cancel each other, and one that stands alone: any of them may be missing. */
export const linkedOrders: fc.Arbitrary<WorkingOrder[]> = fc
  .tuple(
    fc.array(
      fc.record({
        orderQty: fc.integer({ min: 1, max: 200 }).map((units) => new Decimal(units)),
        price: prices,
        legs: fc.array(legs, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 6, maxLength: 6 },
    ),
    fc.subarray(['alone', 'cancelling', 'bracket'], { minLength: 1 }),
  )
  .map(([list, kinds]) =>
    list
      .map((order, index) => ({
        order: { ...order, clOrdId: String(index), price: order.legs.length === 1 ? order.price : null },
        after: index >= 4 ? '3' : null,
        oneOf: [null, 'C', 'C', null, 'B', 'B'][index],
      }))
      .filter((_, index) => kinds.includes(['alone', 'cancelling', 'bracket'][[0, 1, 1, 2, 2, 2][index]])),
  );
