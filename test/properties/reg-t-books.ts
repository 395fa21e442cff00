import type { Instrument } from '@app/market';
import type { Position, WorkingOrder } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { AS_OF, DECEMBER, marketOf, option, SEPTEMBER, share } from '../support/sample-market.js';

/** Two stocks, and options near and long-dated on one of them. */
const INSTRUMENTS: readonly Instrument[] = [
  share('AAA', '97.73'),
  share('BBB', '12.31'),
  ...[SEPTEMBER, DECEMBER, '2027-09-17'].flatMap((expiry) =>
    [80, 95, 110].flatMap((strike) => [
      option('AAA', expiry, 'CALL', strike, { impliedVolatility: 0.31, price: new Decimal('9.25') }),
      option('AAA', expiry, 'PUT', strike, { impliedVolatility: 0.33, price: new Decimal('4.40') }),
    ]),
  ),
];
export const REG_T_MARKET = marketOf(INSTRUMENTS, { asOf: AS_OF });
const OPTIONS = INSTRUMENTS.filter(({ kind }) => kind === 'OPTION').map(({ symbol }) => symbol);
const quantity = (symbol: string, n: number) => new Decimal(symbol.length <= 3 ? n * 100 : n);
export const strategyPositions = (most: number, maxLength: number): fc.Arbitrary<Position[]> =>
  fc.array(
    fc
      .tuple(fc.constantFrom('AAA', 'BBB', ...OPTIONS), fc.integer({ min: -most, max: most }))
      .map(([symbol, n]) => ({ symbol, quantity: quantity(symbol, n) })),
    { maxLength },
  );
/** Up to two legs, a hundred shares to a contract. */
export const strategyLegs = fc
  .array(
    fc.record({
      symbol: fc.constantFrom('AAA', ...OPTIONS),
      side: fc.constantFrom('BUY' as const, 'SELL' as const, 'SELL_SHORT' as const),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((list) => list.map((leg) => ({ ...leg, ratioQty: quantity(leg.symbol, 1) })));
/** Orders of so many units: free, cancelling each other, or an entry with exits. */
export const strategyOrders = (most: number, maxLength: number): fc.Arbitrary<WorkingOrder[]> =>
  fc
    .tuple(
      fc.array(
        fc.record({
          legs: strategyLegs,
          orderQty: fc.integer({ min: 1, max: most }).map((n) => new Decimal(n)),
          price: fc.option(fc.integer({ min: 0, max: 20 }).map((n) => new Decimal(n))),
        }),
        { minLength: 1, maxLength },
      ),
      fc.constantFrom('free', 'cancelling', 'bracket'),
    )
    .map(([list, kind]) =>
      list.map((order, i) => ({
        order: { ...order, clOrdId: String(i), price: order.legs.length === 1 ? order.price : null },
        after: kind === 'bracket' && i > 0 ? '0' : null,
        oneOf: kind === 'cancelling' || (kind === 'bracket' && i > 0) ? 'L' : null,
      })),
    );
