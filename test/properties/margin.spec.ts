import { accountMargin, type AccountMargin, accountMarginAfter, type ClassGroup, heldIn, whatIf } from '@app/margin';
import { marketValue, orderFill, type Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { whatIfReply } from '../../apps/api/src/what-if/what-if-reply.js';
import { partsOf, portfolioJudged } from '../support/inline-answer.js';
import { answered, contextOf } from '../support/sample-market.js';
import { cash, MARKET, OPTION_SYMBOLS, orders, positionLists, reversed, SPX_GROUP } from './margin-books.js';

const RUNS = { seed: 20_260_821, numRuns: 150 };
const context = contextOf(MARKET);
const ZERO = new Decimal(0);

const margined = (positions: readonly Position[], of = ZERO): AccountMargin =>
  answered(accountMargin({ cash: of, positions }, context));

/** All numbers of a class group, so that equality is of every bit. */
const bitsOf = ({ classGroup, holdings, sums, inForce, regulatory }: ClassGroup) => ({
  classGroup,
  sums,
  holdings: heldIn({ holdings }).map(({ position }) => `${position.symbol} ${position.quantity.toFixed()}`),
  margins: [inForce, regulatory].map(({ scenarios, worst, scanLoss, minimumCharge, requirement }) => ({
    scenarios: [...scenarios],
    worst,
    scanLoss,
    minimumCharge,
    requirement,
  })),
});
const bits = ({ classGroups, requirement, regulatoryRequirement, equity, marketValue: value }: AccountMargin) => ({
  requirement,
  regulatoryRequirement,
  equity,
  value: value.toFixed(),
  classGroups: [...classGroups.values()].map(bitsOf).sort((a, b) => (a.classGroup < b.classGroup ? -1 : 1)),
});
const scanLosses = (margin: AccountMargin): Map<string, number> =>
  new Map([...margin.classGroups].map(([name, { inForce }]) => [name, inForce.scanLoss]));

describe('orders', () => {
  it('that are none change nothing', () => {
    fc.assert(
      fc.property(positionLists(), cash, (positions, of) => {
        const { before, after, riskReducing } = answered(whatIf({ cash: of, positions }, [], context));
        expect(bits(after)).toEqual(bits(before));
        expect(riskReducing).toBe(false);
      }),
      RUNS,
    );
  });

  it('and their reverses change nothing', () => {
    fc.assert(
      fc.property(positionLists(), cash, orders, (positions, of, list) => {
        const both = [...list, ...list.map(reversed)];
        const { before, after } = answered(whatIf({ cash: of, positions }, both, context));
        expect(bits(after)).toEqual(bits(before));
        expect(after.cash.equals(before.cash)).toBe(true);
      }),
      RUNS,
    );
  });

  it('and then their reverses, one after the other, change nothing', () => {
    fc.assert(
      fc.property(positionLists(), cash, orders, (positions, of, list) => {
        const there = answered(whatIf({ cash: of, positions }, list, context)).after;
        const held = [...there.classGroups.values()].flatMap(({ holdings }) =>
          heldIn({ holdings }).map(({ position }) => position),
        );
        const back = answered(whatIf({ cash: there.cash, positions: held }, list.map(reversed), context)).after;
        expect(bits(back)).toEqual(bits(margined(positions, of)));
      }),
      RUNS,
    );
  });

  it('at the marks do not change equity', () => {
    fc.assert(
      fc.property(positionLists(), cash, orders, (positions, of, list) => {
        const atMarks = list.map((order) => ({ ...order, price: null }));
        const { before, after } = answered(whatIf({ cash: of, positions }, atMarks, context));
        expect(after.equity).toBe(before.equity);
      }),
      RUNS,
    );
  });

  it('give the margin of the portfolio they leave, bit for bit', () => {
    fc.assert(
      fc.property(positionLists(), cash, orders, (positions, of, list) => {
        const before = margined(positions, of);
        const markOf = (symbol: string) => {
          const [group] = margined([{ symbol, quantity: new Decimal(1) }]).classGroups.values();
          return group.holdings.get(symbol)!.mark;
        };
        const fills = list.map((order) => orderFill(order, markOf)!);
        const trades = fills.flatMap((fill) => fill.positions);
        const change = fills.reduce((sum, { cashChange }) => sum.plus(cashChange), ZERO);
        const incremental = answered(accountMarginAfter(before, trades, change, context));
        // From scratch on a valuation of its own: nothing is shared.
        const portfolio = { cash: of.plus(change), positions: [...trades, ...positions].reverse() };
        const fresh = answered(accountMargin(portfolio, contextOf(MARKET)));
        expect(bits(incremental)).toEqual(bits(fresh));
        expect(bits(answered(whatIf({ cash: of, positions }, list, context)).after)).toEqual(bits(fresh));
      }),
      RUNS,
    );
  });
});

describe('positions', () => {
  it('split, merged or in another order change not one bit', () => {
    const pieces = fc.array(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), { maxLength: 3 });
    const splits = fc.tuple(positionLists(), fc.array(pieces, { maxLength: 8 }), fc.infiniteStream(fc.integer()));
    fc.assert(
      fc.property(splits, cash, ([positions, cuts, order], of) => {
        const split = positions.flatMap(({ symbol, quantity }, index) => {
          const parts = (cuts[index] ?? []).map((units) => new Decimal(`${units}e-10`));
          const rest = parts.reduce((left, part) => left.minus(part), quantity);
          return [...parts, rest].map((part) => ({ symbol, quantity: part }));
        });
        const keyed = split.map((position) => ({ position, key: order.next().value }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ position }) => position);
        expect(bits(margined(shuffled, of))).toEqual(bits(margined(positions, of)));
      }),
      RUNS,
    );
  });

  it('k times as large lose k times as much', () => {
    fc.assert(
      fc.property(positionLists(), fc.integer({ min: 2, max: 1000 }), (positions, k) => {
        const scaled = scanLosses(margined(positions.map((p) => ({ ...p, quantity: p.quantity.times(k) }))));
        // Where gains and losses nearly cancel, what is left is as exact as what cancelled.
        const gross = positions.reduce((sum, position) => {
          const [group] = margined([position]).classGroups.values();
          return sum + (position.quantity.isZero() ? 0 : Math.max(...group.inForce.scenarios.map(Math.abs)));
        }, 0);
        for (const [name, loss] of scanLosses(margined(positions))) {
          expect(Math.abs(scaled.get(name)! - k * loss)).toBeLessThanOrEqual(1e-12 * k * gross);
        }
      }),
      RUNS,
    );
  });

  it('together lose no more than apart, within a class group', () => {
    fc.assert(
      fc.property(positionLists(SPX_GROUP), positionLists(SPX_GROUP), (one, other) => {
        const loss = (positions: readonly Position[]): number => scanLosses(margined(positions)).get('SPX') ?? 0;
        const apart = loss(one) + loss(other);
        expect(loss([...one, ...other])).toBeLessThanOrEqual(apart + 1e-9 * (1 + apart));
      }),
      RUNS,
    );
  });

  it('of unrelated class groups add up exactly', () => {
    fc.assert(
      fc.property(positionLists(), (positions) => {
        const whole = margined(positions);
        const alone = [...whole.classGroups.values()].map(({ holdings }) =>
          margined(heldIn({ holdings }).map(({ position }) => position)),
        );
        expect(alone.reduce((sum, { requirement }) => sum + requirement, 0)).toBe(whole.requirement);
        expect(alone.flatMap(({ classGroups }) => [...classGroups.values()].map(bitsOf))).toEqual(
          [...whole.classGroups.values()].map(bitsOf),
        );
      }),
      RUNS,
    );
  });
});

describe('a requirement', () => {
  it('is never negative, and no less than scan loss and minimum of each class group', () => {
    fc.assert(
      fc.property(positionLists(), (positions) => {
        const { classGroups, requirement } = margined(positions);
        expect(requirement).toBeGreaterThanOrEqual(0);
        for (const { inForce } of classGroups.values()) {
          const least = Math.max(inForce.scanLoss, inForce.minimumCharge, 0) * 100;
          expect(inForce.requirement).toBeGreaterThanOrEqual(least - 1e-6 - least * 1e-12);
          expect(inForce.requirement).toBeLessThan(least + 1);
          expect(inForce.scanLoss).toBe(Math.max(0, -Math.min(...inForce.scenarios)));
        }
      }),
      RUNS,
    );
  });

  it('of one long option is no more than its market value', () => {
    const held = fc.record({ symbol: fc.constantFrom(...OPTION_SYMBOLS), contracts: fc.integer({ min: 1, max: 500 }) });
    fc.assert(
      fc.property(held, ({ symbol, contracts }) => {
        const [group] = margined([{ symbol, quantity: new Decimal(contracts) }]).classGroups.values();
        const { position, mark, regulatory } = group.holdings.get(symbol)!;
        // Measured from the theoretical value, which is the mark unless the market gave both price and volatility.
        const theoretical = regulatory.theoretical * contracts * mark.multiplier.toNumber();
        const value = Math.max(marketValue(position.quantity, mark).toNumber(), theoretical);
        expect(group.inForce.scanLoss).toBeLessThanOrEqual(theoretical * (1 + 1e-9));
        expect(group.inForce.requirement / 100).toBeLessThanOrEqual(value * (1 + 1e-9) + 0.01);
      }),
      RUNS,
    );
  });
});

describe('a reply', () => {
  const provenance = { snapshotId: null, asOf: '', ruleSetVersion: '', positionsVersion: null, engineVersion: '' };

  it('says after less before in every change, and adds up, to the cent', () => {
    fc.assert(
      fc.property(positionLists(), cash, orders, (positions, of, list) => {
        const result = portfolioJudged({ cash: of, positions }, list, context);
        const reply = whatIfReply(result, ['classGroups', 'scenarios', 'positions', 'regulatory'], provenance);
        const changes = triples(reply);
        const wrong = changes.filter(({ before, after, change }) => !new Decimal(after).minus(before).equals(change));
        expect(wrong).toEqual([]);
        const total = reply.classGroups!.reduce((sum, { requirement }) => sum.plus(requirement.after), ZERO);
        expect(total.toFixed(2)).toBe(reply.requirement.after);
        expect(inspect(partsOf(reply), { depth: null })).not.toMatch(/NaN|Infinity|undefined|-0\.00'/);
        expect(reply.decision === 'ACCEPT' || reply.excess.after.startsWith('-')).toBe(true);
      }),
      RUNS,
    );
  });
});

interface Triple {
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

function triples(value: unknown): Triple[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'change' in value ? [value as Triple] : [];
  return [...own, ...Object.values(value).flatMap(triples)];
}
