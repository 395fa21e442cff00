import { accountMargin, isGaps, valuation } from '@app/margin';
import { exchangeDate, givenMarket, type GivenPrices } from '@app/market';
import { effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import { Decimal } from 'decimal.js';
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

/** Values two of the accounts as a reprice run would have, so that one has an open call and one an overdue call. */
export async function seedDemoCalls(
  database: Database,
  houseRules: HouseRuleRepository,
  latest: { readonly prices: GivenPrices; readonly snapshotId: string },
  accounts: readonly DemoAccount[],
): Promise<void> {
  const calls = new MarginCallRepository(database);
  const follow = async (prices: GivenPrices, snapshotId: string, ids: readonly string[]) => {
    const followed = accounts.filter(({ details }) => ids.includes(details.id));
    const values = followed.map(async (account) =>
      valued(account, prices, await houseRules.findForAccount(account.details.id)),
    );
    await calls.follow({ snapshotId, asOf: new Date(prices.asOf) }, await Promise.all(values));
  };
  const then = pricesWeekBefore(latest.prices);
  const { id: thenId } = await saveSnapshot(database, then, DEMO_FEED, 'demo market of the week before, generated');
  await follow(then, thenId, [OVERDUE_ACCOUNT]);
  await follow(latest.prices, latest.snapshotId, [OVERDUE_ACCOUNT, IN_DEFICIT_ACCOUNT]);
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
