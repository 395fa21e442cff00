import { attribution } from '@app/advice';
import { accountMargin, accountMarginAfter, whatIf } from '@app/margin';
import { orderPositions } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { houseRuleLists } from '../support/house-values.js';
import { answered, contextOf } from '../support/sample-market.js';
import { cash, GROUPED_MARKET, MARKET, orders, positionLists } from './margin-books.js';

const context = contextOf(MARKET);
const total = (cents: readonly number[]): number => cents.reduce((sum, each) => sum + each, 0);

describe('an attribution', () => {
  it('adds up to the change, to the cent, over orders, legs, class groups and rules', () => {
    fc.assert(
      fc.property(positionLists(), cash, orders, (positions, of, list) => {
        const result = answered(whatIf({ cash: of, positions }, list, context));
        const found = attribution({ cash: of, positions }, list, result, context);
        const { before, after } = result;
        expect(found.requirement).toBe(after.requirement - before.requirement);
        const inCents = [...found.orders.flatMap((order) => [order.requirement, order.equity]), found.aboveClassGroups];
        expect(inCents.every(Number.isInteger)).toBe(true);
        if (list.length > 0) {
          expect(total(found.orders.map(({ requirement }) => requirement))).toBe(found.requirement);
          expect(total(found.orders.map(({ equity }) => equity))).toBe(after.equity - before.equity);
        }
        for (const { requirement, legs } of found.orders) {
          expect(total(legs.map((leg) => leg.requirement))).toBe(requirement);
        }
        for (const { requirement, rules } of found.classGroups) {
          expect(total(rules.map((rule) => rule.requirement))).toBe(requirement);
        }
        expect(total(found.classGroups.map(({ requirement }) => requirement)) + found.aboveClassGroups).toBe(
          found.requirement,
        );
      }),
      { seed: 20_261_123, numRuns: 10_000 },
    );
  }, 120_000);

  it('adds up under rules of a house and in groups with offsets too', () => {
    fc.assert(
      fc.property(positionLists(), cash, orders, houseRuleLists, (positions, of, list, rules) => {
        const house = contextOf(GROUPED_MARKET, rules);
        const result = answered(whatIf({ cash: of, positions }, list, house));
        const found = attribution({ cash: of, positions }, list, result, house);
        expect(found.requirement).toBe(result.after.requirement - result.before.requirement);
        const legs = found.orders.flatMap((order) => order.legs.map(({ requirement }) => requirement));
        if (list.length > 0) expect(total(legs)).toBe(found.requirement);
        const groups = found.classGroups.map(({ requirement }) => requirement);
        expect(total(groups) + found.aboveClassGroups).toBe(found.requirement);
      }),
      { seed: 20_261_129, numRuns: 500 },
    );
  }, 120_000);

  it('is the sum of what each order adds on the way, all filling evenly', () => {
    const STEPS = 400;
    fc.assert(
      fc.property(positionLists(), orders, (positions, list) => {
        const portfolio = { cash: new Decimal(0), positions };
        const result = answered(whatIf(portfolio, list, context));
        const found = attribution(portfolio, list, result, context);
        const before = answered(accountMargin(portfolio, context));
        const at = (parts: readonly number[]): number =>
          answered(
            accountMarginAfter(
              before,
              list.flatMap((order, i) =>
                orderPositions(order).map((p) => ({ ...p, quantity: p.quantity.times(parts[i]) })),
              ),
              new Decimal(0),
              context,
            ),
          ).requirement;
        const even = (t: number): number[] => list.map(() => t);
        list.forEach((_, i) => {
          let share = 0;
          for (let step = 0; step < STEPS; step++) {
            const t = (step + 0.5) / STEPS;
            const bump = (by: number): number[] => even(t).map((part, other) => (other === i ? part + by : part));
            share += (at(bump(1e-3)) - at(bump(-1e-3))) / 2e-3 / STEPS;
          }
          const gross = Math.abs(found.orders[i].standAlone!) + Math.abs(found.orders[i].leaveOneOut!);
          const scale = gross + total(found.orders.map(({ standAlone }) => Math.abs(standAlone!)));
          expect(Math.abs(found.orders[i].requirement - share)).toBeLessThan(1_000 + 0.01 * scale);
        });
      }),
      { seed: 20_261_124, numRuns: 15 },
    );
  }, 120_000);
});
