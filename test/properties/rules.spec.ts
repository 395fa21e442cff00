import { accountMargin, type AccountMargin } from '@app/margin';
import { conflictingRules, effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { answered, contextOf, houseRule } from '../support/sample-market.js';
import { MARKET, positionLists } from './margin-books.js';

const RUNS = { seed: 20_260_821, numRuns: 150 };
const DATE = '2026-08-21';
const book = regulatoryRules(DATE)!;
const PRODUCT_CLASSES = ['EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX'] as const;

/** Those the rule book has a number for. */
const values = {
  'priceMove.down': fc.integer({ min: -100, max: 0 }).map((percent) => percent / 100),
  'priceMove.up': fc.integer({ min: 0, max: 150 }).map((percent) => percent / 100),
  minimumCharge: fc.integer({ min: 0, max: 4000 }).map((thousandths) => thousandths / 1000),
};

const rules: fc.Arbitrary<HouseRule> = fc
  .record({
    parameter: fc.constantFrom('priceMove.down' as const, 'priceMove.up' as const, 'minimumCharge' as const),
    scope: fc.constantFrom('FIRM' as const, 'ACCOUNT' as const),
    productClass: fc.option(fc.constantFrom(...PRODUCT_CLASSES)),
    classGroup: fc.option(fc.constantFrom('SPX', 'RUT', 'AAA', 'BBB')),
    ruleId: fc.stringMatching(/^[a-z]{8}$/),
  })
  .chain((rule) => values[rule.parameter].map((value) => houseRule(rule.parameter, value, rule)));
/** As they are stored: without contradictions. */
const ruleLists = fc.array(rules, { maxLength: 6 }).filter((list) => conflictingRules(list).length === 0);

const margined = (
  positions: Parameters<typeof accountMargin>[0]['positions'],
  houseRules: readonly HouseRule[],
): AccountMargin => answered(accountMargin({ cash: new Decimal(0), positions }, contextOf(MARKET, houseRules)));

describe('house rules', () => {
  it('never lower a requirement, in any class group, and never touch the regulatory one', () => {
    fc.assert(
      fc.property(positionLists(), ruleLists, (positions, list) => {
        const without = margined(positions, []);
        const margin = margined(positions, list);
        expect(margin.regulatoryRequirement).toBe(without.requirement);
        expect(margin.requirement).toBeGreaterThanOrEqual(without.requirement);
        for (const { inForce, regulatory } of margin.classGroups.values()) {
          expect(inForce.requirement).toBeGreaterThanOrEqual(regulatory.requirement);
        }
      }),
      RUNS,
    );
  });

  it('looser than the rule book change nothing', () => {
    const looser = rules.filter((rule) =>
      PRODUCT_CLASSES.every((productClass) => {
        const { applied } = effectiveRules(book, [{ ...rule, productClass: null, classGroup: null }], DATE);
        return applied('ANY', productClass).every(({ source }) => source === 'regulatory');
      }),
    );
    fc.assert(
      fc.property(positionLists(), looser, (positions, rule) => {
        const margin = margined(positions, [rule]);
        expect(margin.requirement).toBe(margined(positions, []).requirement);
        expect([...margin.classGroups.values()].every(({ inForce, regulatory }) => inForce === regulatory)).toBe(true);
      }),
      RUNS,
    );
  });

  it('have one winner a number, whatever order they are read in', () => {
    fc.assert(
      fc.property(ruleLists, fc.constantFrom(...PRODUCT_CLASSES), (list, productClass) => {
        const forwards = effectiveRules(book, list, DATE);
        const backwards = effectiveRules(book, list.toReversed(), DATE);
        expect(forwards.version).toBe(backwards.version);
        for (const classGroup of ['SPX', 'AAA', 'ELSE']) {
          expect(forwards.applied(classGroup, productClass)).toEqual(backwards.applied(classGroup, productClass));
          const { down, up, minimumCharge } = forwards.inForce(classGroup, productClass);
          const least = forwards.regulatory(productClass);
          expect(down).toBeLessThanOrEqual(least.down);
          expect(up).toBeGreaterThanOrEqual(least.up);
          expect(minimumCharge).toBeGreaterThanOrEqual(least.minimumCharge);
        }
      }),
      RUNS,
    );
  });

  it('of another day are as if they were not', () => {
    fc.assert(
      fc.property(positionLists(), ruleLists, (positions, list) => {
        const past = list.map((rule) => ({ ...rule, effectiveFrom: '2026-01-01', effectiveTo: '2026-08-20' }));
        expect(margined(positions, past).requirement).toBe(margined(positions, []).requirement);
      }),
      { ...RUNS, numRuns: 50 },
    );
  });
});
