import { marketValue, type Order, orderFill, type Portfolio, type WorkingOrder } from '@app/portfolio';
import { type RegTContext, regTMargin, regTWhatIf, regTWorstFill, regTWorstFillSearch } from '@app/reg-t';
import { regTRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { programSolver, regTAnswered } from '../support/reg-t-answer.js';
import { REG_T_MARKET, strategyOrders, strategyPositions } from './reg-t-books.js';

const ZERO = new Decimal(0);
let context: RegTContext;

beforeAll(async () => {
  const rules = regTRules(REG_T_MARKET.valuationDate)!;
  context = { market: REG_T_MARKET, rules, solver: await programSolver(), secondsPerPairing: 10, nonMargin: new Set() };
});

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
      fc.property(strategyPositions(3, 4), strategyOrders(3, 3), (held, working) => {
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

  it('is a bound, and none too high, where the solver runs out of time', () => {
    const proofs = { EXACT: 0, BOUND: 0 };
    // Its clock has run out whenever the number of what it was asked is odd.
    let asked = 0;
    const { solver } = context;
    const hasty: RegTContext = {
      ...context,
      solver: { solve: (...of) => (++asked % 2 === 0 ? solver.solve(...of) : { values: null, bound: -Infinity }) },
    };
    fc.assert(
      fc.property(strategyPositions(3, 4), strategyOrders(3, 3), (held, working) => {
        const portfolio = { cash: new Decimal(50_000), positions: held };
        const before = regTAnswered(regTMargin(portfolio, hasty));
        const found = regTAnswered(regTWorstFill(portfolio, before, working, hasty));
        const possible = allSteps(working).filter((steps) => allowed(working, steps));
        const least = Math.min(...possible.map((steps) => excessAfter(portfolio, working, steps)));
        proofs[found.proof]++;
        expect(found.leastExcess - least).toBeLessThanOrEqual(found.proof === 'EXACT' ? 2 : 0);
        if (found.proof === 'EXACT') expect(least - found.leastExcess).toBeLessThanOrEqual(2);
        const isProven = before.isOptimal && found.worst.margin.isOptimal;
        if (!isProven) expect(found.proof).toBe('BOUND');
      }),
      { seed: 20_261_203, numRuns: 200 },
    );
    expect(proofs.BOUND).toBeGreaterThan(50);
  }, 300_000);

  it('is no better than any fills of larger orders', () => {
    const proofs = { EXACT: 0, BOUND: 0 };
    const parts = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(strategyPositions(60, 7), strategyOrders(80, 4), parts, (held, working, samples) => {
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

  it('is looked for in pieces of a pairing of each kind, and the same as at once', () => {
    let solved = 0;
    const { solver } = context;
    const counted: RegTContext = {
      ...context,
      solver: { solve: (...asked) => ((solved += 1), solver.solve(...asked)) },
    };
    let pieces = 0;
    fc.assert(
      fc.property(strategyPositions(60, 7), strategyOrders(80, 4), (held, working) => {
        const portfolio = { cash: new Decimal(50_000), positions: held };
        const before = regTAnswered(regTMargin(portfolio, context));
        // What units cost by themselves is worked out once, and is small.
        const atOnce = regTAnswered(regTWorstFill(portfolio, before, working, counted));
        const search = regTWorstFillSearch(portfolio, before, working, counted);
        for (;;) {
          solved = 0;
          const { done, value } = search.next();
          expect(solved).toBeLessThanOrEqual(2);
          pieces++;
          if (done !== true) continue;
          expect(regTAnswered(value)).toEqual(atOnce);
          return;
        }
      }),
      { seed: 20_261_203, numRuns: 100 },
    );
    expect(pieces).toBeGreaterThan(1_000);
  }, 300_000);
});
