import { maxQuantity, type OrderUnit, type UnitInterval } from '@app/advice';
import { accountMargin, type MarginContext, NOTHING_HELD_BACK, whatIf } from '@app/margin';
import type { Portfolio } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { houseRuleLists } from '../support/house-values.js';
import { answered, contextOf } from '../support/sample-market.js';
import { cash, GROUPED_MARKET, MARKET, orders, positionLists } from './margin-books.js';

const MOST = 150;
const units = orders.filter((list) => list.length > 0).map(([{ orderQty: _, ...unit }]) => unit);

/** The intervals found, and those that pass one by one. */
function bothWays(portfolio: Portfolio, unit: OrderUnit, context: MarginContext) {
  const before = answered(accountMargin(portfolio, context));
  const passed = (n: number): boolean =>
    answered(whatIf(portfolio, [{ ...unit, orderQty: new Decimal(n) }], context, before)).decision === 'ACCEPT';
  const expected: UnitInterval[] = [];
  for (let n = 1; n <= MOST; n++) {
    if (!passed(n)) continue;
    const last = expected.at(-1);
    if (last?.to === n - 1) expected[expected.length - 1] = { from: last.from, to: n };
    else expected.push({ from: n, to: n });
  }
  const account = { portfolio, context, before, hold: NOTHING_HELD_BACK, call: null };
  return { expected, found: answered(maxQuantity(account, unit, MOST)) };
}

describe('the quantities that pass', () => {
  it('are those that pass one by one', () => {
    const context = contextOf(MARKET);
    let bounded = 0;
    let several = 0;
    fc.assert(
      // Little cash: the limit is somewhere within.
      fc.property(positionLists(), cash, fc.integer({ min: 1, max: 100 }), units, (positions, of, part, unit) => {
        const { expected, found } = bothWays({ cash: of.dividedBy(part), positions }, unit, context);
        expect(found.intervals).toEqual(expected);
        expect(found.largest?.units).toBe(expected.at(-1)?.to);
        expect(found.smallest?.units).toBe(expected.at(0)?.from);
        if (expected.length > 0 && (expected.length > 1 || expected[0].from > 1 || expected[0].to < MOST)) bounded++;
        if (expected.length > 1) several++;
      }),
      { seed: 20_261_122, numRuns: 600 },
    );
    expect(bounded).toBeGreaterThan(50);
    expect(several).toBeGreaterThan(0);
  }, 120_000);

  it('are those under rules of a house and in groups with offsets too', () => {
    let bounded = 0;
    const parts = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(positionLists(), cash, parts, units, houseRuleLists, (positions, of, part, unit, rules) => {
        const portfolio = { cash: of.dividedBy(part), positions };
        const { expected, found } = bothWays(portfolio, unit, contextOf(GROUPED_MARKET, rules));
        expect(found.intervals).toEqual(expected);
        if (expected.length > 0 && expected[0].to < MOST) bounded++;
      }),
      { seed: 20_261_127, numRuns: 400 },
    );
    expect(bounded).toBeGreaterThan(20);
  }, 120_000);
});
