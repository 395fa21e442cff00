import { accountMargin, isGaps, valuation } from '@app/margin';
import { exchangeDate, givenMarket, type GivenPrices } from '@app/market';
import { effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import { AccountRepository } from '../account.repository.js';
import type { Database } from '../database.js';
import type { HouseRuleRepository } from '../house-rule.repository.js';
import type { ValuedAccount } from '../margin-calls/follow-margin-calls.js';
import { MarginCallRepository } from '../margin-calls/margin-call.repository.js';
import { saveSnapshot } from '../snapshot-import/save-snapshot.js';
import type { DemoAccount } from './demo-accounts.js';
import { DEMO_FEED } from './demo-calendar.js';

/** The close a week before the demo's, from when an account has a call that it has not met. */
const WEEK_BEFORE = '2026-06-05T20:00:00.000Z';
const PRICES_WEEK_BEFORE: Readonly<Record<string, string>> = { HLVN: '210.00' };

/** Followed since the week before, and since the demo's own close. */
const OVERDUE_ACCOUNT = 'demo-call-overdue';
const IN_DEFICIT_ACCOUNT = 'demo-in-deficit';

/**
 * The account whose call is overdue, valued on the prices of the week before: to be done before there are later ones, as
 * calls are opened on the latest.
 */
export async function seedOverdueCall(
  database: Database,
  houseRules: HouseRuleRepository,
  prices: GivenPrices,
  accounts: readonly DemoAccount[],
): Promise<void> {
  const then = pricesWeekBefore(prices);
  const { id } = await saveSnapshot(database, then, DEMO_FEED, 'demo market of the week before, generated');
  const overdue = accounts.filter(({ details }) => details.id === OVERDUE_ACCOUNT);
  for (const { details, positions } of overdue) {
    await new AccountRepository(database).create(details, positions);
  }
  await follow(database, houseRules, { prices: then, snapshotId: id }, overdue);
}

/** The two accounts in deficit, valued on the demo's prices as a reprice run would. */
export async function seedCalls(
  database: Database,
  houseRules: HouseRuleRepository,
  latest: DemoSnapshot,
  accounts: readonly DemoAccount[],
): Promise<void> {
  const followed = accounts.filter(({ details }) => [OVERDUE_ACCOUNT, IN_DEFICIT_ACCOUNT].includes(details.id));
  await follow(database, houseRules, latest, followed);
}

interface DemoSnapshot {
  readonly prices: GivenPrices;
  readonly snapshotId: string;
}

async function follow(
  database: Database,
  houseRules: HouseRuleRepository,
  { prices, snapshotId }: DemoSnapshot,
  accounts: readonly DemoAccount[],
): Promise<void> {
  const values = accounts.map(async (account) =>
    valued(account, prices, await houseRules.findForAccount(account.details.id)),
  );
  const valuedOn = { snapshotId, asOf: new Date(prices.asOf) };
  await new MarginCallRepository(database).follow(valuedOn, await Promise.all(values));
}

/** The few shares that had a price then. */
function pricesWeekBefore({ rates, underlyings }: GivenPrices): GivenPrices {
  return {
    ...{ asOf: WEEK_BEFORE, rates, options: [], futures: [] },
    underlyings: underlyings.flatMap((underlying) => {
      const price = PRICES_WEEK_BEFORE[underlying.symbol];
      return price === undefined ? [] : [{ ...underlying, price: new Decimal(price) }];
    }),
  };
}

function valued(
  { details, positions }: DemoAccount,
  prices: GivenPrices,
  houseRules: readonly HouseRule[],
): ValuedAccount {
  const date = exchangeDate(prices.asOf);
  const rules = effectiveRules(regulatoryRules(date)!, houseRules, date);
  const context = { valuation: valuation(givenMarket(prices)), rules, strictVolatility: false };
  const margin = accountMargin({ cash: details.cash, positions }, context);
  if (isGaps(margin)) throw new RangeError(`a demo account without an answer: ${details.id}`);
  const { requirement, regulatoryRequirement, equity } = margin;
  return {
    ...{ accountId: details.id, accountVersion: 1, methodology: details.methodology, rulesVersion: rules.version },
    ...{ requirement, regulatoryRequirement, equity, maintenanceExcess: equity - requirement },
  };
}
