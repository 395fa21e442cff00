import { accountMargin, type AccountMargin, accountMarginAfter, worstFill } from '@app/margin';
import { marketValue, type Order, orderFill, orderPositions, type Position, type WorkingOrder } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { houseRuleLists } from '../support/house-values.js';
import { answered, contextOf } from '../support/sample-market.js';
import { cash, GROUPED_MARKET, MARKET, positionLists, workingOrders } from './margin-books.js';

const context = contextOf(MARKET);
const ZERO = new Decimal(0);

const markOf = (symbol: string) => {
  const held = answered(accountMargin({ cash: ZERO, positions: [{ symbol, quantity: new Decimal(1) }] }, context));
  return [...held.classGroups.values()][0].holdings.get(symbol)!.mark;
};

/** What a whole fill loses against the mark, in cents, never less than nothing. */
const costOf = (order: Order): number => {
  const { positions, cashChange } = orderFill(order, markOf)!;
  const gain = positions.reduce((sum, p) => sum.plus(marketValue(p.quantity, markOf(p.symbol))), cashChange);
  return Math.max(0, gain.negated().times(100).ceil().toNumber());
};

/** `cost` in cents is all that the trades change in equity. */
const requirementWith = (before: AccountMargin, trades: readonly Position[], cost: number, of = context): number => {
  const value = trades.reduce((sum, p) => sum.plus(marketValue(p.quantity, markOf(p.symbol))), ZERO);
  const paid = value.plus(new Decimal(cost).dividedBy(100));
  return answered(accountMarginAfter(before, trades, paid.negated(), of)).requirement;
};

/** Whether links let these fill together, read off their definition. */
const permitted = (filled: readonly WorkingOrder[], all: readonly WorkingOrder[]): boolean =>
  filled.every(({ after }) => {
    const isWorking = all.some(({ order }) => order.clOrdId === after);
    return !isWorking || filled.some(({ order }) => order.clOrdId === after);
  }) &&
  filled.every((a) => a.oneOf === null || !filled.some((b) => b !== a && b.oneOf === a.oneOf && b.after === a.after));

interface Extremes {
  readonly leastExcess: number;
  readonly greatestRequirement: number;
}

/** Every subset, one at a time. */
const bruteForce = (before: AccountMargin, working: readonly WorkingOrder[], of = context): Extremes => {
  const costs = working.map(({ order }) => costOf(order));
  let leastExcess = Infinity;
  let greatestRequirement = -Infinity;
  for (let subset = 0; subset < 1 << working.length; subset++) {
    const isFilled = (_: unknown, i: number): boolean => (subset & (1 << i)) !== 0;
    const filled = working.filter(isFilled);
    if (!permitted(filled, working)) continue;
    const cost = costs.filter(isFilled).reduce((sum, cents) => sum + cents, 0);
    const trades = filled.flatMap(({ order }) => orderPositions(order));
    const requirement = requirementWith(before, trades, cost, of);
    leastExcess = Math.min(leastExcess, before.equity - cost - requirement);
    greatestRequirement = Math.max(greatestRequirement, requirement);
  }
  return { leastExcess, greatestRequirement };
};

describe('the worst fill', () => {
  it('is the worst of all subsets where it says EXACT, and no less than it where it says BOUND', () => {
    const proofs = { EXACT: 0, BOUND: 0 };
    fc.assert(
      fc.property(positionLists(), cash, workingOrders, (positions, of, working) => {
        const before = answered(accountMargin({ cash: of, positions }, context));
        const found = answered(worstFill(before, working, context));
        const all = bruteForce(before, working);
        proofs[found.proof]++;
        const { leastExcess, greatestRequirement, worst, mostRequired } = found;
        if (found.proof === 'EXACT') {
          expect({ leastExcess, greatestRequirement }).toEqual(all);
          expect(worst.excess).toBe(leastExcess);
          expect(mostRequired.requirement).toBe(greatestRequirement);
        } else {
          expect(leastExcess).toBeLessThanOrEqual(all.leastExcess);
          expect(greatestRequirement).toBeGreaterThanOrEqual(all.greatestRequirement);
        }
      }),
      { seed: 20_261_120, numRuns: 2_000 },
    );
    expect(proofs.EXACT).toBeGreaterThan(1_900);
    expect(proofs.BOUND).toBeGreaterThan(0);
  }, 300_000);

  it('is no better than any partial fills', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(positionLists(), cash, workingOrders, parts, (positions, of, working, thousandths) => {
        const free = working.map((each) => ({ ...each, after: null, oneOf: null }));
        const before = answered(accountMargin({ cash: of, positions }, context));
        const { greatestRequirement, leastExcess } = answered(worstFill(before, free, context));
        const trades = free.flatMap(({ order }, i) =>
          orderPositions(order).map((p) => ({ ...p, quantity: p.quantity.times(thousandths[i]).dividedBy(1_000) })),
        );
        const cost = free.reduce((sum, { order }, i) => sum + (costOf(order) * thousandths[i]) / 1_000, 0);
        const requirement = requirementWith(before, trades, 0);
        expect(requirement).toBeLessThanOrEqual(greatestRequirement);
        // Costs in whole cents beside a requirement rounded up: a partial fill may round once more.
        expect(before.equity - cost - requirement).toBeGreaterThanOrEqual(leastExcess - 1);
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  }, 120_000);

  it('is no better than any subset under rules of a house, and in groups with offsets', () => {
    const proofs = { EXACT: 0, BOUND: 0 };
    const few = workingOrders.map((list) => list.slice(0, 6));
    fc.assert(
      fc.property(positionLists(), cash, few, houseRuleLists, (positions, of, working, rules) => {
        const house = contextOf(GROUPED_MARKET, rules);
        const before = answered(accountMargin({ cash: of, positions }, house));
        const found = answered(worstFill(before, working, house));
        const all = bruteForce(before, working, house);
        proofs[found.proof]++;
        const { leastExcess, greatestRequirement } = found;
        if (found.proof === 'EXACT') expect({ leastExcess, greatestRequirement }).toEqual(all);
        expect(leastExcess).toBeLessThanOrEqual(all.leastExcess);
        expect(greatestRequirement).toBeGreaterThanOrEqual(all.greatestRequirement);
      }),
      { seed: 20_261_126, numRuns: 300 },
    );
    expect(proofs.EXACT).toBeGreaterThan(50);
    expect(proofs.BOUND).toBeGreaterThan(50);
  }, 300_000);
});
