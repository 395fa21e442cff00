// npm run bench:margin: processor time of a what-if in the margin engine alone, one order of one leg, on accounts of 10,
// 100, 1,000 and 10,000 positions: all in one class group, and spread over many. Risk arrays are there, as they are in a
// service that has answered before. Sizes take turns; the last line is one JSON object, ratios are to 10 positions.
import { createRequire } from 'node:module';
import { nanoseconds } from './rounds.mjs';

const require = createRequire(import.meta.url);
const { Decimal } = require('decimal.js');
const { accountMargin, isGaps, valuation, whatIf } = require('../../dist/libs/margin/src/index.js');
const { givenMarket, NO_FACTS, osiSymbolText, PLAIN_OPTION } = require('../../dist/libs/market/src/index.js');
const { effectiveRules, regulatoryRules } = require('../../dist/libs/rules/src/index.js');

const SIZES = [10, 100, 1_000, 10_000];
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 31);
const CALLS = 2_000;
const DATE = '2026-08-21';
const EXPIRIES = ['2026-09-18', '2026-12-18', '2027-03-19', '2027-06-18'];
const HELD_BY_A_GROUP = 10;

function underlying(symbol) {
  const terms = { type: 'EQUITY', productClass: 'EQUITY', classGroup: symbol, productGroup: null, leverage: 1 };
  const price = { price: new Decimal('500'), priceDate: null, dividendYield: 0, dividends: [] };
  return { kind: 'UNDERLYING', symbol, ...price, ...terms, ...NO_FACTS };
}

function option(root, index) {
  const right = index % 2 === 0 ? 'CALL' : 'PUT';
  const expiry = EXPIRIES[(index >> 1) % EXPIRIES.length];
  const strike = 100 + 0.5 * (index >> 3);
  return {
    ...{
      kind: 'OPTION',
      symbol: osiSymbolText({ root, expiry, right, strike }),
      underlying: root,
      right,
      expiry,
      strike,
    },
    ...{ ...PLAIN_OPTION, exercise: 'EUROPEAN', multiplier: new Decimal(100), price: null, impliedVolatility: 0.25 },
    ...{ volatilitySource: 'GIVEN', flags: [] },
  };
}

/** A question on an account of `count` positions, `each` of them in a class group; called, it is answered. */
function question(count, each) {
  const roots = Array.from({ length: Math.ceil(count / each) }, (_, index) => `U${index}`);
  const options = roots.flatMap((root) =>
    Array.from({ length: Math.min(each, count) }, (_, index) => option(root, index)),
  );
  const market = givenMarket({
    asOf: `${DATE}T18:00:00.000Z`,
    rates: [{ days: 30, rate: 0.04 }],
    underlyings: roots.map(underlying),
    options,
    futures: [],
  });
  const rules = effectiveRules(regulatoryRules(DATE), [], DATE);
  const context = { valuation: valuation(market), rules, strictVolatility: false };
  const quantity = (index) => new Decimal(index % 3 === 0 ? -10 : 10);
  const positions = options.map(({ symbol }, index) => ({ symbol, quantity: quantity(index) }));
  const portfolio = { cash: new Decimal('1e9'), positions };
  const before = accountMargin(portfolio, context);
  if (isGaps(before)) throw new Error(JSON.stringify(before.slice(0, 3)));
  const legs = options.map(({ symbol }) => [{ symbol, side: 'BUY', ratioQty: new Decimal(1) }]);
  const orderQty = new Decimal(3);
  let next = 0;
  return () => {
    next = (next + 7) % Math.min(legs.length, 1_000);
    const result = whatIf(portfolio, [{ clOrdId: '1', orderQty, price: null, legs: legs[next] }], context, before);
    if (isGaps(result)) throw new Error(JSON.stringify(result));
  };
}

const tasks = {};
for (const size of SIZES) {
  const asks = { oneGroup: question(size, size), manyGroups: question(size, HELD_BY_A_GROUP) };
  for (const [shape, ask] of Object.entries(asks)) {
    tasks[`${shape} ${size}`] = () => {
      for (let call = 0; call < CALLS; call++) ask();
      return CALLS;
    };
  }
}
const times = nanoseconds(tasks, ROUNDS);
const round = (value) => Number(value.toPrecision(3));
const result = Object.fromEntries(
  ['oneGroup', 'manyGroups'].map((shape) => [
    shape,
    SIZES.map((positions) => ({
      positions,
      microseconds: round(times[`${shape} ${positions}`] / 1000),
      ratioToTen: round(times[`${shape} ${positions}`] / times[`${shape} ${SIZES[0]}`]),
    })),
  ]),
);
for (const [shape, lines] of Object.entries(result)) {
  for (const { positions, microseconds, ratioToTen } of lines) {
    console.log(
      `${shape.padEnd(10)} ${String(positions).padStart(6)} positions: ${microseconds} µs, ${ratioToTen} of ten`,
    );
  }
}
console.log(JSON.stringify(result));
