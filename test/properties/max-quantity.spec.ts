import { maxQuantity, type UnitInterval } from '@app/advice';
import { accountMargin, whatIf } from '@app/margin';
import type { Portfolio } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { answered, contextOf } from '../support/sample-market.js';
import { cash, MARKET, orders, positionLists } from './margin-books.js';

const MOST = 150;
const context = contextOf(MARKET);
const units = orders.filter((list) => list.length > 0).map(([{ orderQty: _, ...unit }]) => unit);

describe('the quantities that pass', () => {
  it('are those that pass one by one', () => {
    let bounded = 0;
    let several = 0;
    fc.assert(
      // Little cash: the limit is somewhere within.
      fc.property(positionLists(), cash, fc.integer({ min: 1, max: 100 }), units, (positions, of, part, unit) => {
        const portfolio: Portfolio = { cash: of.dividedBy(part), positions };
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
        const found = answered(maxQuantity({ portfolio, context, before, call: null }, unit, MOST));
        expect(found.intervals).toEqual(expected);
        expect(found.largest?.units).toBe(expected.at(-1)?.to);
        if (expected.length > 0 && (expected.length > 1 || expected[0].from > 1 || expected[0].to < MOST)) bounded++;
        if (expected.length > 1) several++;
      }),
      { seed: 20_261_122, numRuns: 600 },
    );
    expect(bounded).toBeGreaterThan(50);
    expect(several).toBeGreaterThan(0);
  }, 120_000);
});
