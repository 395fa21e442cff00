import { AccountRepository } from '../account.repository.js';
import { ApiKeyRepository } from '../api-key.repository.js';
import type { Database } from '../database.js';
import { saveSnapshot } from '../snapshot-import/save-snapshot.js';
import { HouseRuleRepository } from '../house-rule.repository.js';
import { type DemoAccount, demoAccounts, LAST_DEMO_ACCOUNT } from './demo-accounts.js';
import { DEMO_FEED } from './demo-calendar.js';
import { DEMO_BOOK } from './demo-house-rules.js';
import { DEMO_KEYS } from './demo-keys.js';
import { DEMO_LISTINGS } from './demo-listing.js';
import { demoPrices } from './demo-prices.js';
import { seedCalls, seedOverdueCall } from './seed-demo-calls.js';

/**
 * Fills an empty database with the demo: its keys, its market, its house rules, its accounts, two margin calls. False
 * where that was done before: whoever changed the demo's accounts since finds them as they left them.
 *
 * Each step leaves alone what is there, and the account looked for is the last to be written: a seed that was
 * interrupted is completed by the next, and two at once end as one.
 */
export async function seedDemo(database: Database): Promise<boolean> {
  const accounts = new AccountRepository(database);
  if ((await accounts.find(LAST_DEMO_ACCOUNT)) !== undefined) return false;
  const keys = new ApiKeyRepository(database);
  for (const { key, ...details } of DEMO_KEYS) await keys.save(key, details);
  const prices = demoPrices();
  const demo = demoAccounts(prices);
  const houseRules = new HouseRuleRepository(database);
  await seedBook(houseRules);
  await seedOverdueCall(database, houseRules, prices, demo);
  // Before the other accounts: it says which of their symbols are futures.
  const names = new Map(DEMO_LISTINGS.map(({ name, underlying }) => [underlying.symbol, name]));
  const { id: snapshotId } = await saveSnapshot(database, prices, DEMO_FEED, 'demo market, generated', names);
  const create = ({ details, positions }: DemoAccount) => accounts.create(details, positions);
  for (const account of demo.slice(0, -1)) await create(account);
  await seedCalls(database, houseRules, { prices, snapshotId }, demo);
  await create(demo[demo.length - 1]);
  return true;
}

/** Change by change, where the book does not have it: of two seeds at once, each leaves the other's alone. */
async function seedBook(houseRules: HouseRuleRepository): Promise<void> {
  for (const [index, wanted] of DEMO_BOOK.entries()) {
    await houseRules.change((book) => (book.sequence > index ? null : wanted));
  }
}
