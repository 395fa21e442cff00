import { createHash } from 'node:crypto';
import { accountMargin, isGaps, valuation } from '@app/margin';
import { givenMarket } from '@app/market';
import { effectiveRules, regulatoryRules } from '@app/rules';
import {
  AccountRepository,
  ApiKeyRepository,
  Database,
  demoAccounts,
  demoPrices,
  seedDemo,
  SnapshotRepository,
} from '@app/store';
import { Decimal } from 'decimal.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const prices = demoPrices();
const accounts = demoAccounts(prices);
let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open(fresh.url);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function counts(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query(`
    SELECT (SELECT count(*)::int FROM accounts) AS accounts, (SELECT count(*)::int FROM positions) AS positions,
      (SELECT count(*)::int FROM api_keys) AS keys, (SELECT count(*)::int FROM market_snapshots) AS snapshots,
      (SELECT count(*)::int FROM option_quotes) AS options, (SELECT count(*)::int FROM future_quotes) AS futures`);
  return rows[0];
}

const SEEDED = {
  accounts: accounts.length,
  positions: accounts.reduce((sum, { positions }) => sum + positions.length, 0),
  keys: 3,
  snapshots: 2,
  options: prices.options.length,
  futures: prices.futures.length,
};

/** The margin of every account as the service would compute it: all of it read back from the database. */
async function storedMargins(): Promise<Map<string, number | string>> {
  const { id } = (await new SnapshotRepository(database).latest('demo'))!;
  const market = (await new SnapshotRepository(database).market(id))!;
  const repository = new AccountRepository(database);
  const rules = effectiveRules(regulatoryRules(market.valuationDate)!, [], market.valuationDate);
  const shared = valuation(market);
  const margins = new Map<string, number | string>();
  for (const { details } of accounts) {
    const { cash, positions, strictVolatility } = (await repository.find(details.id))!;
    await market.load(positions.map(({ symbol }) => symbol));
    const margin = accountMargin({ cash, positions }, { valuation: shared, rules, strictVolatility });
    margins.set(details.id, isGaps(margin) ? margin.map(({ code }) => code).join() : margin.requirement);
  }
  return margins;
}

// In order, on one database: a seed costs seconds.
describe('seedDemo', () => {
  const [changed] = accounts;

  it('ends as one demo where two seed at once, and leaves an account that is there as it is', async () => {
    await new AccountRepository(database).create({ ...changed.details, cash: new Decimal(1) }, []);
    const other = await Database.open(fresh.url);
    try {
      await Promise.all([seedDemo(database), seedDemo(other)]);
    } finally {
      await other.close();
    }
    expect(await counts()).toEqual(SEEDED);
    expect((await new AccountRepository(database).find(changed.details.id))?.cash.toNumber()).toBe(1);
  });

  it('changes nothing a second time', async () => {
    expect(await seedDemo(database)).toBe(false);
    expect(await counts()).toEqual(SEEDED);
  });

  it('answers from the database what it answers in memory', async () => {
    const market = givenMarket(prices);
    const rules = effectiveRules(regulatoryRules(market.valuationDate)!, [], market.valuationDate);
    const expected = accounts.map(({ details, positions }) => {
      const context = { valuation: valuation(market), rules, strictVolatility: details.strictVolatility };
      const margin = accountMargin({ cash: details.cash, positions }, context);
      return [details.id, isGaps(margin) ? margin.map(({ code }) => code).join() : margin.requirement] as const;
    });
    expect(await storedMargins()).toEqual(new Map(expected));
  });

  it('makes one key for each role', async () => {
    const keys = new ApiKeyRepository(database);
    const found = async (key: string) => {
      const stored = await keys.findByHash(createHash('sha256').update(key).digest('hex'));
      return stored && [stored.role, stored.desk];
    };
    expect(await found('demo-desk')).toEqual(['DESK', 'demo']);
    expect(await found('demo-risk')).toEqual(['RISK', null]);
    expect(await found('demo-admin')).toEqual(['ADMIN', null]);
  });
});
