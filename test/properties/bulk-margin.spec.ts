import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import { accountMargin, bulkMargins, isGaps, valuation } from '@app/margin';
import { givenMarket } from '@app/market';
import { effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import { demoAccounts, demoPrices } from '@app/store';

const prices = demoPrices();
const market = givenMarket(prices);
const book = regulatoryRules(market.valuationDate)!;
const rules = effectiveRules(book, [], market.valuationDate);
const context = { valuation: valuation(market), rules, strictVolatility: false };
const bulk = bulkMargins(context)!;
const symbols = [
  ...new Set(demoAccounts(prices).flatMap(({ positions }) => positions.map(({ symbol }) => symbol))),
].sort();

const NOTHING = new Decimal(0);

interface Held {
  readonly cash: number;
  readonly positions: readonly (readonly [symbol: string, quantity: number])[];
}

const books: fc.Arbitrary<Held> = fc.record({
  cash: fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
  positions: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom(...symbols),
      fc.integer({ min: -5_000, max: 5_000 }).filter((quantity) => quantity !== 0),
    ),
    { maxLength: 60, selector: ([symbol]) => symbol },
  ),
});

function both({ cash, positions }: Held) {
  const quick = bulk.of(
    new Decimal(cash),
    positions.map(([symbol]) => symbol),
    positions.map(([, quantity]) => quantity),
  );
  const portfolio = {
    cash: new Decimal(cash),
    positions: positions.map(([symbol, quantity]) => ({ symbol, quantity: new Decimal(quantity) })),
  };
  return { quick, slow: accountMargin(portfolio, context) };
}

describe('margins in bulk', () => {
  it('have the bits of the margin of one account, or no answer', () => {
    let answered = 0;
    fc.assert(
      fc.property(books, (held) => {
        const { quick, slow } = both(held);
        if (quick === undefined) return;
        answered += 1;
        if (isGaps(slow)) throw new Error('an answer where there are gaps');
        expect(quick.requirement).toBe(slow.requirement);
        expect(quick.requirement).toBe(slow.regulatoryRequirement);
        expect(quick.equity).toBe(slow.equity);
        expect(quick.classGroups.map(({ classGroup }) => classGroup)).toEqual([...slow.classGroups.keys()].sort());
        for (const { classGroup, inForce } of quick.classGroups) {
          expect(inForce).toEqual(slow.classGroups.get(classGroup)!.inForce);
        }
      }),
      { numRuns: 300 },
    );
    expect(answered).toBeGreaterThan(50);
  });

  it('leave to the other way what has gaps or fractions, and every house rule', () => {
    expect(bulk.of(NOTHING, ['NOBODY'], [1])).toBeUndefined();
    expect(bulk.of(NOTHING, ['HLVN'], [0.5])).toBeUndefined();
    expect(bulk.of(NOTHING, ['HLVN'], [new Decimal('0.5')])).toBeUndefined();
    expect(bulk.of(new Decimal('0.0000001'), ['HLVN'], [1])).toBeUndefined();
    expect(bulk.of(NOTHING, ['HLVN'], [1])).toBeDefined();
    const rule: HouseRule = {
      ...{ ruleId: 'r', scope: 'FIRM', productClass: null, classGroup: 'HLVN', symbol: null, pack: null },
      ...{ parameter: 'priceMove.down', value: -0.3, effectiveFrom: '2000-01-01', effectiveTo: null },
    };
    const stricter = effectiveRules(book, [rule], market.valuationDate);
    const house = bulkMargins({ ...context, rules: stricter })!;
    expect(house.of(NOTHING, ['HLVN'], [1])).toBeUndefined();
    expect(house.of(NOTHING, ['BRWK'], [1])).toBeDefined();
    expect(bulkMargins({ ...context, strictVolatility: true })).toBeUndefined();
  });
});
