import {
  accountMargin,
  type AccountMargin,
  accountMarginAfter,
  type Hold,
  holdMinus,
  holdPlus,
  isHoldExact,
  linkedHold,
  type MarginContext,
  marginWithHold,
  NOTHING_HELD_BACK,
  orderHold,
  worstFill,
} from '@app/margin';
import { type Order, orderPositions, remainingOrders, standingAlone, type WorkingOrder } from '@app/portfolio';
import { type HouseParameter, type HouseRule } from '@app/rules';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { answered, contextOf } from '../support/sample-market.js';
import { cash, GROUPED_MARKET, GROUPED_SYMBOLS, linkedOrders, MARKET, orders, positionLists } from './margin-books.js';

const ZERO = new Decimal(0);

const house = (parameter: HouseParameter, value: unknown): HouseRule =>
  ({
    ...{ ruleId: parameter, scope: 'FIRM', productClass: null, classGroup: null, symbol: null, pack: null },
    ...{ parameter, value, effectiveFrom: '2000-01-01', effectiveTo: null },
  }) as unknown as HouseRule;

const STRICT = [
  house('priceMove.down', -0.3),
  house('minimumCharge', 1),
  house('shortMinimum.fraction', 0.02),
  house('shortMinimum.money', 150),
  house('marketValueFloor', 0.1),
  house('concentration.sharesOutstanding', { fraction: 0.01, multiplier: 2 }),
  house('concentration.daysVolume', { days: 0.5, multiplier: 1.5 }),
];

const CONTEXTS: readonly (readonly [name: string, context: MarginContext, symbols: readonly string[] | undefined])[] = [
  ['by the rule book', contextOf(MARKET), undefined],
  ['in groups with offsets', contextOf(GROUPED_MARKET), GROUPED_SYMBOLS],
  ['under house rules', contextOf(GROUPED_MARKET, STRICT), GROUPED_SYMBOLS],
];

function holdOf(list: readonly Order[], positions: AccountMargin, context: MarginContext): Hold {
  return list.map((order) => answered(orderHold(order, positions, context))).reduce(holdPlus, NOTHING_HELD_BACK);
}

describe.each(CONTEXTS)('what working orders hold, %s', (_, context, symbols) => {
  const books = fc.tuple(positionLists(symbols), cash, orders);

  it('is no less than any fills, whole or partial, require', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(books, parts, ([positions, of, working], tenths) => {
        const before = answered(accountMargin({ cash: of, positions }, context));
        const held = answered(marginWithHold(before, holdOf(working, before, context), context));
        const trades = working.flatMap((order, i) =>
          orderPositions(order).map((p) => ({ ...p, quantity: p.quantity.times(tenths[i % 12]).dividedBy(10) })),
        );
        const filled = answered(accountMarginAfter(before, trades, ZERO, context));
        // What groups carry up is rounded class group by class group: in other company it may come to other cents.
        const cents = held.classGroups.size;
        expect(held.requirement + cents).toBeGreaterThanOrEqual(filled.requirement);
        expect(held.regulatoryRequirement + cents).toBeGreaterThanOrEqual(filled.regulatoryRequirement);
      }),
      { seed: 20_261_122, numRuns: 1_000 },
    );
  }, 120_000);

  it('can be added to and taken from, in any order', () => {
    fc.assert(
      fc.property(books, ([positions, of, working]) => {
        const before = answered(accountMargin({ cash: of, positions }, context));
        const total = holdOf(working, before, context);
        const turned = holdOf(working.toReversed(), before, context);
        const held = answered(marginWithHold(before, total, context));
        expect(answered(marginWithHold(before, turned, context)).requirement).toBe(held.requirement);
        const [first, ...rest] = working;
        if (first === undefined) return;
        const without = holdMinus(total, holdOf([first], before, context));
        const others = answered(marginWithHold(before, holdOf(rest, before, context), context));
        expect(answered(marginWithHold(before, without, context))).toMatchObject({
          requirement: others.requirement,
          equity: others.equity,
        });
        const inTurn = answered(marginWithHold(others, holdOf([first], before, context), context));
        expect(inTurn.requirement).toBe(held.requirement);
      }),
      { seed: 20_261_123, numRuns: 300 },
    );
  }, 60_000);
});

/** How far orders fill: tenths of each, as far as their links allow; those of an exit are of what its entry has. */
function allowed(working: readonly WorkingOrder[], tenths: readonly number[]): Decimal[] {
  const used = new Map<string, Decimal>();
  const parts: Decimal[] = [];
  working.forEach(({ after, oneOf }, i) => {
    const entry = after === null ? -1 : working.findIndex(({ order }) => order.clOrdId === after);
    const room = (entry < 0 ? new Decimal(1) : parts[entry]).minus(used.get(oneOf ?? '') ?? ZERO);
    const part = Decimal.max(0, Decimal.min(room, new Decimal(tenths[i]).dividedBy(10)));
    if (oneOf !== null) used.set(oneOf, (used.get(oneOf) ?? ZERO).plus(part));
    parts.push(part);
  });
  return parts;
}

function filledParts(working: readonly WorkingOrder[], parts: readonly Decimal[]) {
  return working.flatMap(({ order }, i) =>
    orderPositions(order).map((p) => ({ ...p, quantity: p.quantity.times(parts[i]) })),
  );
}

describe.each(CONTEXTS)('what linked orders hold, %s', (_, context, symbols) => {
  const tenths = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 8, maxLength: 8 });

  it('is no less than any fills that the links allow, before and after others, and no more than unlinked', () => {
    fc.assert(
      fc.property(positionLists(symbols), cash, linkedOrders, tenths, tenths, (positions, of, working, first, more) => {
        const start = answered(accountMargin({ cash: of, positions }, context));
        const done = allowed(working, first);
        const end = allowed(
          working,
          first.map((part, i) => Math.min(10, part + more[i])),
        ).map((part, i) => Decimal.max(part, done[i]));
        // Going on may not undo: only where what comes later is allowed beside what has been.
        fc.pre(isAllowed(working, end));
        const before = answered(accountMarginAfter(start, filledParts(working, done), ZERO, context));
        const left = remainingOrders(
          working,
          working.map(({ order }, i) => order.orderQty.times(new Decimal(1).minus(done[i]))),
        );
        const after = answered(accountMarginAfter(start, filledParts(working, end), ZERO, context));
        const linked = answered(linkedHold(left, before, context));
        const held = answered(marginWithHold(before, linked, context));
        const cents = held.classGroups.size;
        expect(held.requirement + cents).toBeGreaterThanOrEqual(after.requirement);
        const free = holdOf(
          left.map(({ order }) => order),
          before,
          context,
        );
        expect(held.requirement).toBeLessThanOrEqual(answered(marginWithHold(before, free, context)).requirement);
        const worst = answered(worstFill(before, left, context));
        expect(worst.greatestRequirement + cents).toBeGreaterThanOrEqual(after.requirement);
        expect(worst.leastExcess).toBeLessThanOrEqual(worst.worst.excess);
      }),
      { seed: 20_261_130, numRuns: 400 },
    );
  }, 120_000);

  it('can be added to and taken from what others hold', () => {
    fc.assert(
      fc.property(positionLists(symbols), cash, orders, linkedOrders, (positions, of, others, working) => {
        const before = answered(accountMargin({ cash: of, positions }, context));
        const rest = holdOf(others, before, context);
        const linked = answered(linkedHold(working, before, context));
        const without = holdMinus(holdPlus(rest, linked), linked);
        expect(without.groups).toEqual(rest.groups);
        expect({ ...without, groups: null }).toEqual({ ...rest, groups: null });
      }),
      { seed: 20_261_131, numRuns: 200 },
    );
  }, 60_000);
});

function isAllowed(working: readonly WorkingOrder[], parts: readonly Decimal[]): boolean {
  const sums = new Map<string, Decimal>();
  working.forEach(({ oneOf }, i) => {
    if (oneOf !== null) sums.set(oneOf, (sums.get(oneOf) ?? ZERO).plus(parts[i]));
  });
  return working.every(({ after, oneOf }) => {
    const entry = after === null ? -1 : working.findIndex(({ order }) => order.clOrdId === after);
    return oneOf === null || sums.get(oneOf)!.lessThanOrEqualTo(entry < 0 ? 1 : parts[entry]);
  });
}

describe('what working orders hold', () => {
  it('is the exact worst where it says so', () => {
    const context = contextOf(MARKET);
    let exact = 0;
    fc.assert(
      fc.property(positionLists(), cash, orders, (positions, of, working) => {
        const before = answered(accountMargin({ cash: of, positions }, context));
        const total = holdOf(working, before, context);
        const held = answered(marginWithHold(before, total, context));
        const worst = answered(worstFill(before, working.map(standingAlone), context));
        expect(held.equity - held.requirement).toBeLessThanOrEqual(worst.worst.excess);
        if (working.length === 0 || !isHoldExact(held, total)) return;
        exact++;
        expect(held.requirement).toBe(worst.greatestRequirement);
      }),
      { seed: 20_261_124, numRuns: 1_000 },
    );
    expect(exact).toBeGreaterThan(20);
  }, 120_000);

  it('is the exact worst of linked orders where it says so', () => {
    const context = contextOf(MARKET);
    let exact = 0;
    fc.assert(
      fc.property(positionLists(), cash, linkedOrders, (positions, of, working) => {
        const before = answered(accountMargin({ cash: of, positions }, context));
        const total = answered(linkedHold(working, before, context));
        const held = answered(marginWithHold(before, total, context));
        const worst = answered(worstFill(before, working, context));
        expect(held.equity - held.requirement).toBeLessThanOrEqual(worst.worst.excess);
        if (!isHoldExact(held, total)) return;
        exact++;
        expect(held.requirement).toBe(worst.greatestRequirement);
      }),
      { seed: 20_261_132, numRuns: 1_000 },
    );
    expect(exact).toBeGreaterThan(10);
  }, 120_000);
});
