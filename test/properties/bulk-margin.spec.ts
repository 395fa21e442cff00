import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import {
  accountMargin,
  type BulkMargins,
  bulkMargins,
  BulkUnits,
  isGaps,
  type MarginContext,
  valuation,
} from '@app/margin';
import { givenMarket } from '@app/market';
import { effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import { demoAccounts, demoPrices } from '@app/store';
import { GROUPED_MARKET, GROUPED_SYMBOLS } from './margin-books.js';

const prices = demoPrices();
const market = givenMarket(prices);
const book = regulatoryRules(market.valuationDate)!;
const rules = effectiveRules(book, [], market.valuationDate);
const context: MarginContext = { valuation: valuation(market), rules, strictVolatility: false };
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
const groupedBook = regulatoryRules(GROUPED_MARKET.valuationDate)!;
const groupedContext = {
  ...context,
  valuation: valuation(GROUPED_MARKET),
  rules: effectiveRules(groupedBook, [], GROUPED_MARKET.valuationDate),
};
const groupedHouseContext = {
  ...groupedContext,
  rules: effectiveRules(
    groupedBook,
    [houseRule('d', { classGroup: 'AAA', parameter: 'priceMove.down', value: -0.3 })],
    GROUPED_MARKET.valuationDate,
  ),
};

interface Way {
  readonly margins: BulkMargins;
  readonly context: MarginContext;
  readonly numbers: ReadonlyMap<string, number>;
}

/** Ways that share their columns: what one account or set of rules leaves behind must not show in the next. */
function waysOn(held: readonly string[], contexts: readonly MarginContext[]): readonly Way[] {
  const [{ valuation: shared, rules: bookRules }] = contexts;
  const units = new BulkUnits(shared, bookRules, (number) => held[number]);
  const numbers = new Map(held.map((symbol, number) => [symbol, number]));
  return contexts.map((each) => ({ margins: bulkMargins(units, each.rules)!, context: each, numbers }));
}

interface Held {
  readonly cash: number;
  readonly positions: readonly (readonly [symbol: string, quantity: number])[];
}

const books = (from: readonly string[]): fc.Arbitrary<Held> =>
  fc.record({
    cash: fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100),
    positions: fc.uniqueArray(
      fc.tuple(
        fc.constantFrom(...from),
        fc.integer({ min: -5_000, max: 5_000 }).filter((quantity) => quantity !== 0),
      ),
      { maxLength: 60, selector: ([symbol]) => symbol },
    ),
  });

/** The same positions with others before and after them in the columns. */
function inBulk({ cash, positions }: Held, { margins, numbers }: Way) {
  const [first, ...others] = positions;
  const all = [...others, ...positions, ...(first === undefined ? [] : [first])];
  const columns = {
    instruments: Int32Array.from(all, ([symbol]) => numbers.get(symbol) ?? -1),
    quantities: Float64Array.from(all, ([, quantity]) => quantity),
  };
  return margins.of(new Decimal(cash), columns, others.length, others.length + positions.length);
}

function alone({ cash, positions }: Held, { context: way }: Way) {
  const held = positions.map(([symbol, quantity]) => ({ symbol, quantity: new Decimal(quantity) }));
  return accountMargin({ cash: new Decimal(cash), positions: held }, way);
}

/** Whether there was an answer. */
function expectTheSame(held: Held, way: Way): boolean {
  const quick = inBulk(held, way);
  if (quick === undefined) return false;
  const slow = alone(held, way);
  if (isGaps(slow)) throw new Error('an answer where there are gaps');
  const { requirement, regulatoryRequirement, equity } = slow;
  const classGroups = [...slow.classGroups.values()]
    .map(({ classGroup, inForce: { grid, worst, ...inForce } }) => ({
      classGroup,
      requirement: inForce.requirement,
      scanLoss: inForce.scanLoss,
      minimumCharge: inForce.minimumCharge,
      worst: grid.points[worst],
    }))
    .sort((a, b) => (a.classGroup < b.classGroup ? -1 : 1));
  expect(quick).toEqual({ requirement, regulatoryRequirement, equity, classGroups });
  return true;
}

const [byBook, byHouse] = waysOn(symbols, [context, houseContext]);
const [onFinePrices] = waysOn(symbols, [fineContext]);
const [grouped, groupedByHouse] = waysOn(GROUPED_SYMBOLS, [groupedContext, groupedHouseContext]);

describe('margins in bulk', () => {
  it.each([
    ['by the rule book and under house rules', symbols, [byBook, byHouse]],
    ['on prices of ten digits', symbols, [onFinePrices]],
    ['in product and portfolio groups', GROUPED_SYMBOLS, [grouped, groupedByHouse]],
  ] as const)('have the bits of the margin of one account, or no answer: %s', (_, from, ways) => {
    let answered = 0;
    fc.assert(
      fc.property(books(from), (held) => {
        for (const way of ways) if (expectTheSame(held, way)) answered += 1;
      }),
      { numRuns: 300 },
    );
    expect(answered).toBeGreaterThan(200);
  });

  const of = (cash: string, symbol: string, quantity: number) => {
    const columns = { instruments: Int32Array.of(symbols.indexOf(symbol)), quantities: Float64Array.of(quantity) };
    return byBook.margins.of(new Decimal(cash), columns, 0, 1);
  };

  it('leave to the other way what has gaps or fractions', () => {
    const unknown = new BulkUnits(context.valuation, rules, () => 'NOBODY');
    const columns = { instruments: Int32Array.of(0), quantities: Float64Array.of(1) };
    expect(bulkMargins(unknown, rules)!.of(NOTHING, columns, 0, 1)).toBeUndefined();
    expect(of('0', 'HLVN', 0.5)).toBeUndefined();
    expect(of('0', 'HLVN', NaN)).toBeUndefined();
    expect(of('0', 'HLVN', 2 ** 53)).toBeUndefined();
    expect(of('0.0000001', 'HLVN', 1)).toBeUndefined();
    expect(of('0', 'HLVN', 1)).toBeDefined();
  });

  it('are not there for rules about the account as a whole', () => {
    const limited = houseRule('e', { classGroup: null, parameter: 'initialMultiplier', value: 1.1 });
    const wholeAccount = effectiveRules(book, [limited], market.valuationDate);
    const units = new BulkUnits(context.valuation, rules, (number) => symbols[number]);
    expect(bulkMargins(units, wholeAccount)).toBeUndefined();
  });
});
