import type { Instrument } from '@app/market';
import { marketValue, type Order, orderFill, type Portfolio, type WorkingOrder } from '@app/portfolio';
import { type RegTContext, regTMargin, regTWhatIf, regTWorstFill } from '@app/reg-t';
import { regTRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { programSolver, regTAnswered } from '../support/reg-t-answer.js';
import { AS_OF, DECEMBER, marketOf, option, SEPTEMBER, share } from '../support/sample-market.js';

const ZERO = new Decimal(0);
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
const market = marketOf(INSTRUMENTS, { asOf: AS_OF });
let context: RegTContext;

beforeAll(async () => {
  const rules = regTRules(market.valuationDate)!;
  context = { market, rules, solver: await programSolver(), secondsPerPairing: 10, nonMargin: new Set() };
});

const OPTIONS = INSTRUMENTS.filter(({ kind }) => kind === 'OPTION').map(({ symbol }) => symbol);
const quantity = (symbol: string, n: number) => new Decimal(symbol.length <= 3 ? n * 100 : n);
const positionLists = (most: number, maxLength: number) =>
  fc.array(
    fc
      .tuple(fc.constantFrom('AAA', 'BBB', ...OPTIONS), fc.integer({ min: -most, max: most }))
      .map(([symbol, n]) => ({ symbol, quantity: quantity(symbol, n) })),
    { maxLength },
  );
const legs = fc
  .array(
    fc.record({
      symbol: fc.constantFrom('AAA', ...OPTIONS),
      side: fc.constantFrom('BUY' as const, 'SELL' as const, 'SELL_SHORT' as const),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((list) => list.map((leg) => ({ ...leg, ratioQty: quantity(leg.symbol, 1) })));
/** Orders of so many units: free, cancelling each other, or an entry with exits. */
const orderLists = (most: number, maxLength: number): fc.Arbitrary<WorkingOrder[]> =>
  fc
    .tuple(
      fc.array(
        fc.record({
          legs,
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

const markOf = (symbol: string) => {
  const { groups } = regTAnswered(
    regTMargin({ cash: ZERO, positions: [{ symbol, quantity: new Decimal(1) }] }, context),
  );
  return [...groups.values()][0].holdings[0].mark;
};

/** A fill at a price better than the mark counts as one at the mark. */
const noBetter = (order: Order): Order => {
  const { positions: traded, cashChange } = orderFill(order, markOf)!;
  const gain = traded.reduce((sum, p) => sum.plus(marketValue(p.quantity, markOf(p.symbol))), cashChange);
  return gain.greaterThan(0) ? { ...order, price: null } : order;
};

const excessAfter = (portfolio: Portfolio, working: readonly WorkingOrder[], steps: readonly number[]): number => {
  const filled = working.map(({ order }, i) => ({ ...noBetter(order), orderQty: new Decimal(steps[i]) }));
  const some = filled.filter(({ orderQty }) => orderQty.greaterThan(0));
  return regTAnswered(regTWhatIf(portfolio, some, context)).after.excess;
};

const allowed = (working: readonly WorkingOrder[], steps: readonly number[]): boolean => {
  const parts = working.map(({ order }, i) => steps[i] / order.orderQty.toNumber());
  const linked = working.reduce((sum, { oneOf }, i) => (oneOf === null ? sum : sum + parts[i]), 0);
  const room = working.some(({ after }) => after !== null) ? parts[0] : 1;
  return linked <= room + 1e-9;
};

const allSteps = (working: readonly WorkingOrder[]): number[][] =>
  working.reduce<number[][]>(
    (found, { order }) =>
      found.flatMap((steps) => Array.from({ length: order.orderQty.toNumber() + 1 }, (_, n) => [...steps, n])),
    [[]],
  );

describe('the worst fill of an account under Reg T', () => {
  it('is the worst of all fills of whole units where it says EXACT, and no less than it where it says BOUND', () => {
    const proofs = { EXACT: 0, BOUND: 0 };
    fc.assert(
      fc.property(positionLists(3, 4), orderLists(3, 3), (held, working) => {
        const portfolio = { cash: new Decimal(50_000), positions: held };
        const before = regTAnswered(regTMargin(portfolio, context));
        const found = regTAnswered(regTWorstFill(portfolio, before, working, context));
        const possible = allSteps(working).filter((steps) => allowed(working, steps));
        const least = Math.min(...possible.map((steps) => excessAfter(portfolio, working, steps)));
        proofs[found.proof]++;
        // One class group, and equity: a cent each.
        if (found.proof === 'EXACT') expect(found.leastExcess - least).toBeLessThanOrEqual(2);
        else expect(found.leastExcess).toBeLessThanOrEqual(least);
        expect(found.worst.margin.excess).toBeGreaterThanOrEqual(least);
        expect(found.leastExcess).toBeLessThanOrEqual(found.worst.margin.excess);
      }),
      { seed: 20_261_201, numRuns: 400 },
    );
    expect(proofs.EXACT).toBeGreaterThan(300);
  }, 300_000);

  it('is no better than any fills of larger orders', () => {
    const proofs = { EXACT: 0, BOUND: 0 };
    const parts = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(positionLists(60, 7), orderLists(80, 4), parts, (held, working, samples) => {
        const portfolio = { cash: new Decimal(50_000), positions: held };
        const before = regTAnswered(regTMargin(portfolio, context));
        const found = regTAnswered(regTWorstFill(portfolio, before, working, context));
        proofs[found.proof]++;
        const whole = working.map(({ order }) => order.orderQty.toNumber());
        const steps = samples.map((sample) => whole.map((units, i) => Math.round(units * sample[i])));
        const corners = samples.map((sample) => whole.map((units, i) => (sample[i] < 0.5 ? 0 : units)));
        for (const each of [...steps, ...corners].filter((tried) => allowed(working, tried))) {
          expect(found.leastExcess - excessAfter(portfolio, working, each)).toBeLessThanOrEqual(2);
        }
      }),
      { seed: 20_261_202, numRuns: 150 },
    );
    expect(proofs.EXACT).toBeGreaterThan(50);
  }, 300_000);
});
