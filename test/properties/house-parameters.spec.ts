import {
  accountMargin,
  type AccountMargin,
  accountMarginAfter,
  heldIn,
  inSymbolOrder,
  type MarginContext,
} from '@app/margin';
import type { Position } from '@app/portfolio';
import { HOUSE_PARAMETERS, type HouseParameter, type HouseRule, type HouseValue } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { whatIfReply } from '../../apps/api/src/what-if/what-if-reply.js';
import { partsOf, portfolioJudged } from '../support/inline-answer.js';
import { answered, contextOf, houseRule } from '../support/sample-market.js';
import { cash, GROUPED_MARKET, GROUPED_SYMBOLS, orders, positionLists } from './margin-books.js';

const RUNS = { seed: 20_260_821, numRuns: 120 };
const LEVELS = 4;

/** A value of each parameter, stricter from level to level; ends of ranges are points of the finer ones. */
const STRICTER: Readonly<Record<HouseParameter, (level: number) => HouseValue>> = {
  'priceMove.down': (level) => -0.05 * (level + 1),
  'priceMove.up': (level) => 0.25 * level,
  'priceMove.step': (level) => [0.01, 0.01, 0.005, 0.0025][level],
  'volMove.down': (level) => -0.15 * level,
  'volMove.up': (level) => 0.15 * level,
  // Another point beside the first, or none.
  extraPoint: (level) => ({ priceMove: level === 0 ? -0.03 : -0.3, volMove: level === 0 ? 0 : 0.3 }),
  minimumCharge: (level) => 0.3 * level,
  'minimumCharge.longsCapped': (level) => level < 2,
  'shortMinimum.fraction': (level) => 0.01 * level,
  'shortMinimum.money': (level) => 100 * level,
  marketValueFloor: (level) => 0.2 * level,
  'concentration.expectedMove': (level) => ({ down: -0.1 * (level + 1), up: 0.1 * (level + 1) }),
  'concentration.equityShare': (level) => ({ share: 0.2, rate: 0.2 * level }),
  'concentration.sharesOutstanding': (level) => ({ fraction: 0.004 / (level + 1), multiplier: 1 + level }),
  'concentration.daysVolume': (level) => ({ days: 0.04 / (level + 1), multiplier: 1 + level }),
  'concentration.marketCapDrop': (level) => 2e8 * level,
  earnings: (level) => ({ multiplier: 1 + level, daysBefore: level + 1, daysAfter: 0 }),
  'stressLimit.classGroup': (level) => ({ priceMove: -0.25, volMove: 0, equityMultiple: 3 - level }),
  'concentration.largestNames': (level) => ({
    names: level + 1,
    priceMove: 0.15 * level,
    otherPriceMove: 0.05 * level,
  }),
  'offset.productGroup': (level) => 1 - level / 3,
  'offset.portfolioGroup': (level) => 0.6 - 0.2 * level,
  leverageCap: (level) => 4 - level,
  initialMultiplier: (level) => 1 + 0.1 * level,
  'stressLimit.portfolio': (level) => ({ priceMove: 0.25, volMove: 0, equityMultiple: 3 - level }),
  'stressLimit.betaWeighted': (level) => ({ priceMove: -0.2, volMove: 0, equityMultiple: 3 - level }),
  positionLimit: (level) => 100 - 30 * level,
  notionalLimit: (level) => 1e6 - 3e5 * level,
  closingOnly: (level) => level > 1,
  leastEligiblePrice: (level) => 30 * level,
};

const level = fc.integer({ min: 0, max: LEVELS - 1 });
const parameter = fc.constantFrom(...HOUSE_PARAMETERS);
const rule = fc
  .record({ parameter, level, classGroup: fc.option(fc.constantFrom('SPX', 'RUT', 'OEX', 'AAA')) })
  .map(({ parameter: name, level: at, classGroup }) =>
    houseRule(name, rounded(STRICTER[name](at)), ofClass(name, classGroup)),
  );
const ruleLists = fc.uniqueArray(rule, { maxLength: 6, selector: ({ parameter: name }) => name });
const books = positionLists(GROUPED_SYMBOLS);

/** Only numbers of class groups may name one. */
function ofClass(name: HouseParameter, classGroup: string | null): Partial<HouseRule> {
  const isOfAccount = /^(concentration\.largestNames|offset|leverageCap|initial|stressLimit\.(portfolio|beta))/.test(
    name,
  );
  return { ruleId: name, classGroup: isOfAccount ? null : classGroup };
}

/** 0.15 × 3 is 0.45. */
function rounded(value: HouseValue): HouseValue {
  const number = (n: number): number => Number(n.toFixed(9));
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return number(value);
  return Object.fromEntries(Object.entries(value).map(([field, n]) => [field, number(n)]));
}

const under = (rules: readonly HouseRule[]): MarginContext => contextOf(GROUPED_MARKET, rules);
const margined = (positions: readonly Position[], of: Decimal, context: MarginContext): AccountMargin =>
  answered(accountMargin({ cash: of, positions }, context));

/** Every number of a margin, in an order of its own. */
const bits = (margin: AccountMargin) => ({
  ...margin,
  cash: margin.cash.toFixed(),
  marketValue: margin.marketValue.toFixed(),
  strategyPositions: inNames(margin.strategyPositions),
  productGroups: inNames(margin.productGroups),
  classGroups: inNames(margin.classGroups).map((group) => ({
    ...group,
    plan: null,
    notionals: [...group.notionals].sort(([a], [b]) => (a < b ? -1 : 1)),
    doubtful: inSymbolOrder(group.doubtful).length,
    holdings: heldIn(group).map(({ position }) => `${position.symbol} ${position.quantity.toFixed()}`),
  })),
});
const inNames = <V>(map: ReadonlyMap<string, V>): V[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

describe('every house parameter', () => {
  it.each(HOUSE_PARAMETERS)(
    '%s: a stricter value never lowers a requirement, nor touches the regulatory one',
    (name) => {
      const pairs = fc.tuple(level, level).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
      fc.assert(
        fc.property(books, cash, pairs, ruleLists, (positions, of, [loose, strict], others) => {
          const rest = others.filter((other) => other.parameter !== name);
          const at = (n: number) => under([...rest, houseRule(name, rounded(STRICTER[name](n)), { ruleId: name })]);
          const looser = margined(positions, of, at(loose));
          const stricter = margined(positions, of, at(strict));
          const without = margined(positions, of, under([]));
          expect(stricter.requirement).toBeGreaterThanOrEqual(looser.requirement);
          expect(stricter.initial).toBeGreaterThanOrEqual(looser.initial);
          expect(looser.requirement).toBeGreaterThanOrEqual(without.requirement);
          expect(stricter.regulatoryRequirement).toBe(without.requirement);
        }),
        { ...RUNS, numRuns: name === 'extraPoint' ? 1 : 40 },
      );
    },
  );
});

describe('under any house rules', () => {
  it('the margin after trades has the bits of the margin of what they leave, in any order', () => {
    fc.assert(
      fc.property(books, books, cash, ruleLists, (positions, trades, of, rules) => {
        const context = under(rules);
        const after = answered(accountMarginAfter(margined(positions, of, context), trades, new Decimal(-7), context));
        const whole = [...trades, ...positions].reverse();
        expect(bits(after)).toEqual(bits(margined(whole, of.minus(7), under(rules))));
      }),
      RUNS,
    );
  });

  it('trades and their reverses leave every bit as it was', () => {
    fc.assert(
      fc.property(books, books, cash, ruleLists, (positions, trades, of, rules) => {
        const context = under(rules);
        const before = margined(positions, of, context);
        const there = answered(accountMarginAfter(before, trades, new Decimal(5), context));
        const reversed = trades.map(({ symbol, quantity }) => ({ symbol, quantity: quantity.negated() }));
        const back = answered(accountMarginAfter(there, reversed, new Decimal(-5), context));
        expect(bits(back)).toEqual(bits(before));
      }),
      RUNS,
    );
  });

  it('groups require no more than their class groups standing alone, and the account is what its parts add up to', () => {
    fc.assert(
      fc.property(books, cash, ruleLists, (positions, of, rules) => {
        const margin = margined(positions, of, under(rules));
        const groups = [...margin.productGroups.values()];
        for (const { inForce, regulatory } of groups) {
          expect(inForce.requirement).toBeLessThanOrEqual(inForce.standAlone);
          expect(regulatory.requirement).toBeLessThanOrEqual(regulatory.standAlone);
          expect(inForce.requirement).toBeGreaterThanOrEqual(regulatory.requirement);
        }
        const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
        const alone = sum([...margin.classGroups.values()].map(({ inForce }) => inForce.requirement));
        const offsets = sum(groups.map(({ inForce }) => inForce.standAlone - inForce.requirement));
        const strategy = sum([...margin.strategyPositions.values()].map(({ requirement }) => requirement));
        const added = sum(margin.addOns.map(({ amount }) => amount));
        expect(alone - offsets + strategy + added).toBe(margin.requirement);
      }),
      RUNS,
    );
  });
});

describe('a reply', () => {
  const provenance = { snapshotId: null, asOf: '', ruleSetVersion: '', positionsVersion: null, engineVersion: '' };

  it('under any house rules is what its lines add up to, to the cent, and shows each class group at shared points', () => {
    fc.assert(
      fc.property(books, cash, orders, ruleLists, (positions, of, list, rules) => {
        const judged = portfolioJudged({ cash: of, positions }, list, under(rules));
        const reply = whatIfReply(judged, ['classGroups', 'scenarios', 'positions', 'regulatory'], provenance);
        for (const side of ['before', 'after'] as const) {
          const sum = (lines: readonly { readonly [side in 'before' | 'after']: string }[]): Decimal =>
            lines.reduce((total, line) => total.plus(line[side]), new Decimal(0));
          const parts = [
            ...reply.classGroups!.map(({ requirement }) => requirement),
            ...reply.strategyPositions!.map(({ requirement }) => requirement),
            ...reply.addOns!.map(({ amount }) => amount),
          ];
          const offsets = sum(reply.productGroups!.map(({ offset }) => offset));
          expect(sum(parts).minus(offsets).toFixed(2)).toBe(reply.requirement[side]);
        }
        for (const { scenarios } of reply.classGroups!) {
          const { points, before, after } = scenarios!;
          expect([before.length, after.length]).toEqual([points.length, points.length]);
        }
        expect(inspect(partsOf(reply), { depth: null })).not.toMatch(/NaN|Infinity|undefined|-0\.00'/);
        expect(reply.decision === 'ACCEPT' || reply.reasons.some(({ code }) => !code.startsWith('risk_'))).toBe(true);
      }),
      RUNS,
    );
  });
});

it('parts of a portfolio lose no less apart than together, offsets between class groups included', () => {
  fc.assert(
    fc.property(books, books, (one, other) => {
      const loss = (positions: readonly Position[]): number =>
        [...margined(positions, new Decimal(0), under([])).productGroups.values()].reduce(
          (sum, { regulatory }) => sum + regulatory.scanLoss,
          0,
        );
      const apart = loss(one) + loss(other);
      expect(loss([...one, ...other])).toBeLessThanOrEqual(apart + 1e-9 * (1 + apart));
    }),
    RUNS,
  );
});
