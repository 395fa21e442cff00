import { regTRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { REG_T_MARKET, strategyPositions } from '../../../test/properties/reg-t-books.js';
import { programSolver, regTAnswered } from '../../../test/support/reg-t-answer.js';
import { excessAfter } from './excess-after.js';
import type { RegTContext } from './reg-t-holding.js';
import { regTMargin, regTMarginAfter } from './reg-t-margin.js';

describe('excessAfter', () => {
  it('is the excess of the margin after the same trades, to the cent', async () => {
    const rules = regTRules(REG_T_MARKET.valuationDate)!;
    const context: RegTContext = {
      ...{ market: REG_T_MARKET, rules, solver: await programSolver() },
      ...{ secondsPerPairing: 10, nonMargin: new Set<string>() },
    };
    const cash = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((n) => new Decimal(n).dividedBy(1_000));
    const boxes = fc.constantFrom(new Map<string, Decimal>(), new Map([['AAA', new Decimal(100)]]));
    fc.assert(
      fc.property(
        strategyPositions(10, 5),
        strategyPositions(10, 4),
        cash,
        cash,
        boxes,
        (positions, trades, of, change, boxed) => {
          const before = regTAnswered(regTMargin({ cash: of, positions }, context));
          const { excess } = regTAnswered(regTMarginAfter(before, trades, change, context, boxed));
          expect(excessAfter(before, trades, change, context, boxed)).toEqual({ excess, isProven: true });
        },
      ),
      { seed: 20_261_204, numRuns: 100 },
    );
  }, 60_000);
});
