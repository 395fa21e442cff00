import { regTUnits } from '@app/advice';
import { judgement } from '@app/margin';
import type { Order } from '@app/portfolio';
import { type RegTContext, regTMargin, regTWhatIf, unitBounds } from '@app/reg-t';
import { regTRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { programSolver, regTAnswered } from '../support/reg-t-answer.js';
import { REG_T_MARKET, strategyLegs, strategyPositions } from './reg-t-books.js';

const MOST = 40;
let context: RegTContext;

beforeAll(async () => {
  const rules = regTRules(REG_T_MARKET.valuationDate)!;
  context = { market: REG_T_MARKET, rules, solver: await programSolver(), secondsPerPairing: 10, nonMargin: new Set() };
});

describe('how many units pass under Reg T', () => {
  it('is what the engine says of every number, where it is known', () => {
    let undecidedUnits = 0;
    const price = fc.option(fc.integer({ min: 0, max: 20 }).map((n) => new Decimal(n)));
    const cash = fc.integer({ min: -20_000, max: 120_000 }).map((n) => new Decimal(n));
    fc.assert(
      fc.property(strategyPositions(20, 5), strategyLegs, price, cash, (positions, legs, of, dollars) => {
        const portfolio = { cash: dollars, positions };
        const before = regTAnswered(regTMargin(portfolio, context));
        const order: Order = {
          ...{ clOrdId: 'n', orderQty: new Decimal(MOST), legs },
          price: legs.length === 1 ? of : null,
        };
        const passes = (units: number): boolean => {
          const filled = { ...order, orderQty: new Decimal(units) };
          const { after } = regTAnswered(regTWhatIf(portfolio, [filled], context, before));
          const was = { requirement: before.initial, equity: before.equity };
          return judgement(was, { requirement: after.initial, equity: after.equity }).decision === 'ACCEPT';
        };
        const bounds = regTAnswered(unitBounds(portfolio, before, order, [], context));
        const search = regTUnits({ bounds, most: MOST, excess: before.excess, isBarred: false, passes });
        let step = search.next();
        while (step.done !== true) step = search.next();
        const { intervals, undecided } = step.value;
        const isIn = (ranges: typeof intervals, units: number): boolean =>
          ranges.some(({ from, to }) => from <= units && units <= to);
        for (let units = 1; units <= MOST; units++) {
          if (isIn(undecided, units)) undecidedUnits++;
          else expect([units, isIn(intervals, units)]).toEqual([units, passes(units)]);
        }
      }),
      { seed: 20_261_203, numRuns: 150 },
    );
    expect(undecidedUnits).toBeLessThan(150);
  }, 300_000);
});
