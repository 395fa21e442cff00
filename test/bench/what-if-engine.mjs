// The margin engine's share of a stored what-if: the same account, snapshot and orders, without HTTP and without storing.
import { createRequire } from 'node:module';
import { BODIES } from './what-if-book.mjs';

const require = createRequire(import.meta.url);
const { Decimal } = require('decimal.js');
const { accountMargin, isGaps, valuation, whatIf } = require('../../dist/libs/margin/src/index.js');
const { effectiveRules, regulatoryRules } = require('../../dist/libs/rules/src/index.js');
const { AccountRepository, SnapshotRepository } = require('../../dist/libs/store/src/index.js');

const CALLS = 2_000;

const ordersOf = (body) =>
  JSON.parse(body).orders.map(({ clOrdId, orderQty, legs }) => ({
    ...{ clOrdId, orderQty: new Decimal(orderQty), price: null },
    legs: legs.map((leg) => ({ ...leg, ratioQty: new Decimal(leg.ratioQty) })),
  }));

/** A task of so many what-ifs on an account. */
export async function engineTask(database, accountId) {
  const account = await new AccountRepository(database).find(accountId);
  const snapshots = new SnapshotRepository(database);
  const market = await snapshots.market((await snapshots.latest()).id);
  await market.load(account.positions.map(({ symbol }) => symbol));
  const rules = effectiveRules(regulatoryRules(market.valuationDate), [], market.valuationDate);
  const context = { valuation: valuation(market), rules, strictVolatility: false };
  const before = accountMargin(account, context);
  const questions = BODIES.map(ordersOf);
  return () => {
    for (let call = 0; call < CALLS; call++) {
      const result = whatIf(account, questions[call % questions.length], context, before);
      if (isGaps(result)) throw new Error(JSON.stringify(result.slice(0, 3)));
    }
    return CALLS;
  };
}
