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

const houseRule = (ruleId: string, stated: Pick<HouseRule, 'classGroup' | 'parameter' | 'value'>): HouseRule => ({
  ...{ ruleId, scope: 'FIRM', productClass: null, symbol: null, pack: null },
  ...{ effectiveFrom: '2000-01-01', effectiveTo: null },
  ...stated,
});
const houseRules = [
  houseRule('a', { classGroup: 'HLVN', parameter: 'priceMove.down', value: -0.3 }),
  houseRule('b', { classGroup: 'BRWK', parameter: 'minimumCharge', value: 1 }),
  houseRule('c', { classGroup: 'NVRD', parameter: 'marketValueFloor', value: 0.25 }),
];
/** Prices with all the digits that are stored, as sources of float32 have them. */
const finePrices = {
  ...prices,
  underlyings: prices.underlyings.map((each) => ({ ...each, price: each.price?.plus('0.0000219727') ?? null })),
};
const fineContext = { ...context, valuation: valuation(givenMarket(finePrices)) };
const houseContext = { ...context, rules: effectiveRules(book, houseRules, market.valuationDate) };

interface Way {
  readonly margins: NonNullable<ReturnType<typeof bulkMargins>>;
  readonly context: typeof context;
}

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

function both({ cash, positions }: Held, { margins, context }: Way) {
  const quick = margins.of(
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
  it.each([
    ['by the rule book', { margins: bulk, context }],
    ['on prices of ten digits', { margins: bulkMargins(fineContext)!, context: fineContext }],
    ['under house rules', { margins: bulkMargins(houseContext)!, context: houseContext }],
  ] as const)('have the bits of the margin of one account, or no answer: %s', (_, way) => {
    let answered = 0;
    fc.assert(
      fc.property(books, (held) => {
        const { quick, slow } = both(held, way);
        if (quick === undefined) return;
        answered += 1;
        if (isGaps(slow)) throw new Error('an answer where there are gaps');
        expect(quick.requirement).toBe(slow.requirement);
        expect(quick.regulatoryRequirement).toBe(slow.regulatoryRequirement);
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

  it('leave to the other way what has gaps or fractions', () => {
    expect(bulk.of(NOTHING, ['NOBODY'], [1])).toBeUndefined();
    expect(bulk.of(NOTHING, ['HLVN'], [0.5])).toBeUndefined();
    expect(bulk.of(NOTHING, ['HLVN'], [new Decimal('0.5')])).toBeUndefined();
    expect(bulk.of(new Decimal('0.0000001'), ['HLVN'], [1])).toBeUndefined();
    expect(bulk.of(NOTHING, ['HLVN'], [1])).toBeDefined();
    expect(bulkMargins({ ...context, strictVolatility: true })).toBeUndefined();
  });
});
