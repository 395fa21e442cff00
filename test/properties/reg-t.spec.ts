import type { Instrument } from '@app/market';
import type { Order, Position } from '@app/portfolio';
import { type RegTContext, type RegTMargin, regTMargin, regTMarginAfter, regTWhatIf } from '@app/reg-t';
import { regTRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { programSolver, regTAnswered } from '../support/reg-t-answer.js';
import { AS_OF, DECEMBER, indexed, marketOf, option, orderOf, SEPTEMBER, share } from '../support/sample-market.js';
import { reversed } from './margin-books.js';

const RUNS = { seed: 20_260_821, numRuns: 120 };
const NEXT_YEAR = '2027-09-17';
const ZERO = new Decimal(0);

/** A stock with options near and long-dated, and an index with a fund and European options. */
const OPTIONS: readonly Instrument[] = [
  ...[SEPTEMBER, DECEMBER, NEXT_YEAR].flatMap((expiry) =>
    [80, 95, 100, 110].flatMap((strike) => [
      option('AAA', expiry, 'CALL', strike, { impliedVolatility: 0.31 }),
      option('AAA', expiry, 'PUT', strike, { impliedVolatility: 0.33 }),
    ]),
  ),
  ...[4800, 5100].flatMap((strike) => [
    option('SPX', SEPTEMBER, 'CALL', strike, { exercise: 'EUROPEAN', impliedVolatility: 0.15 }),
    option('SPX', SEPTEMBER, 'PUT', strike, { exercise: 'EUROPEAN', impliedVolatility: 0.19 }),
  ]),
];
const INSTRUMENTS = [
  indexed('SPX', '5000', { type: 'INDEX' }),
  indexed('SPY', '499.37'),
  share('AAA', '97.73'),
  ...OPTIONS,
];
const market = marketOf(INSTRUMENTS, { asOf: AS_OF });
let context: RegTContext;

beforeAll(async () => {
  const rules = regTRules(market.valuationDate)!;
  context = { market, rules, solver: await programSolver(), secondsPerPairing: 10, nonMargin: new Set() };
});

const symbols = (instruments: readonly Instrument[]): string[] => instruments.map(({ symbol }) => symbol);
const quantity = fc.integer({ min: -6, max: 6 });
const optionPosition = fc.record({
  symbol: fc.constantFrom(...symbols(OPTIONS)),
  quantity: quantity.map((n) => new Decimal(n)),
});
const stockPosition = fc.record({
  symbol: fc.constantFrom('AAA', 'SPY'),
  quantity: quantity.map((n) => new Decimal(n * 150)),
});
const books = fc
  .tuple(fc.array(optionPosition, { maxLength: 8 }), fc.array(stockPosition, { maxLength: 2 }))
  .map(([options, stocks]): Position[] => [...options, ...stocks]);

const margined = (positions: readonly Position[]): RegTMargin => {
  const margin = regTAnswered(regTMargin({ cash: ZERO, positions }, context));
  expect(margin.isOptimal).toBe(true);
  return margin;
};
/** Cents that the pairing costs: requirement less the margin value of options. */
const cost = ({ groups, initial, maintenance }: RegTMargin, kind: 'initial' | 'maintenance'): number =>
  [...groups.values()].reduce(
    (sum, group) => sum - Math.round(group[kind].marginValue.toNumber() * 100),
    kind === 'initial' ? initial : maintenance,
  );
/** Every number and strategy, so that equality is of every bit. */
const bits = ({ groups, initial, maintenance, equity, excess, maintenanceExcess }: RegTMargin) => ({
  sums: [initial, maintenance, equity, excess, maintenanceExcess],
  groups: [...groups.values()]
    .map((group) => [group.classGroup, group.initial.strategies, group.maintenance.strategies] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
});
/** Two class groups, each rounded up once for each of the two requirements. */
const ROUNDING_CENTS = 4;

describe('the strategy-based requirement', () => {
  it('is the same however the positions are written down', () => {
    fc.assert(
      fc.property(books, fc.integer({ min: -5, max: 5 }), (positions, part) => {
        const split = positions.flatMap(({ symbol, quantity: held }) => [
          { symbol, quantity: held.minus(part) },
          { symbol, quantity: new Decimal(part) },
        ]);
        expect(bits(margined(positions.toReversed()))).toEqual(bits(margined(positions)));
        expect(bits(margined(split))).toEqual(bits(margined(positions)));
      }),
      RUNS,
    );
  });

  it('of orders is that of what they leave, and orders with their reverses change nothing', () => {
    fc.assert(
      fc.property(books, books, (positions, traded) => {
        // A sale of what is not held is a short sale, but never against the box: those are kept apart.
        const orders = traded
          .filter((each) => !each.quantity.isZero())
          .map((each): Order =>
            orderOf(each.quantity.gt(0) ? 'BUY' : 'SELL', each.quantity.abs().toNumber(), each.symbol),
          );
        const { before, after } = regTAnswered(regTWhatIf({ cash: ZERO, positions }, orders, context));
        const whole = regTAnswered(regTMargin({ cash: after.cash, positions: [...positions, ...traded] }, context));
        expect(bits(after)).toEqual(bits(whole));
        const back = regTAnswered(regTWhatIf({ cash: ZERO, positions }, [...orders, ...orders.map(reversed)], context));
        expect(bits(back.after)).toEqual(bits(before));
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  it('is lowered by no removal of a long option: a long bought at its mark costs at most its price', () => {
    fc.assert(
      fc.property(
        books,
        fc.constantFrom(...symbols(OPTIONS)),
        fc.integer({ min: 1, max: 4 }),
        (positions, symbol, n) => {
          const held = positions.filter((each) => each.symbol === symbol && each.quantity.lt(0));
          fc.pre(held.length === 0);
          const { before, after } = regTAnswered(
            regTWhatIf({ cash: ZERO, positions }, [orderOf('BUY', n, symbol)], context),
          );
          const paid = before.cash.minus(after.cash).times(100).ceil().toNumber();
          expect(after.excess).toBeGreaterThanOrEqual(before.excess - paid - ROUNDING_CENTS);
          expect(cost(after, 'maintenance')).toBeLessThanOrEqual(cost(before, 'maintenance') + ROUNDING_CENTS);
        },
      ),
      RUNS,
    );
  });

  it('of two accounts together is at most that of the two', () => {
    fc.assert(
      fc.property(books, books, (some, others) => {
        for (const kind of ['initial', 'maintenance'] as const) {
          const apart = cost(margined(some), kind) + cost(margined(others), kind);
          expect(cost(margined([...some, ...others]), kind)).toBeLessThanOrEqual(apart + ROUNDING_CENTS);
        }
      }),
      RUNS,
    );
  });

  it('is at most what every position would require alone', () => {
    fc.assert(
      fc.property(books, (positions) => {
        const net = new Map<string, Decimal>();
        for (const { symbol, quantity: held } of positions) net.set(symbol, held.plus(net.get(symbol) ?? ZERO));
        const alone = [...net].map(([symbol, held]) => margined([{ symbol, quantity: held }]));
        for (const kind of ['initial', 'maintenance'] as const) {
          const sum = alone.reduce((total, each) => total + cost(each, kind), 0);
          expect(cost(margined(positions), kind)).toBeLessThanOrEqual(sum + net.size);
        }
      }),
      RUNS,
    );
  });

  it('of short options and stock grows with every further short contract', () => {
    fc.assert(
      fc.property(
        books,
        fc.constantFrom(...symbols(OPTIONS)),
        fc.integer({ min: 1, max: 4 }),
        (positions, symbol, n) => {
          const shorts = positions.filter((each) => each.quantity.lte(0) || !/\d/.test(each.symbol));
          const more = [...shorts, { symbol, quantity: new Decimal(-n) }];
          for (const kind of ['initial', 'maintenance'] as const) {
            expect(cost(margined(more), kind)).toBeGreaterThanOrEqual(cost(margined(shorts), kind) - ROUNDING_CENTS);
          }
        },
      ),
      RUNS,
    );
  });

  it('of a book is unchanged by trades in another class group', () => {
    const before = margined([{ symbol: OPTIONS[0].symbol, quantity: new Decimal(-3) }]);
    const after = regTAnswered(regTMarginAfter(before, [{ symbol: 'SPY', quantity: new Decimal(10) }], ZERO, context));
    expect(after.groups.get('AAA')).toBe(before.groups.get('AAA'));
  });
});
