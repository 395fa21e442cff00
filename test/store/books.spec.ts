import { accountMargin, isGaps, valuation } from '@app/margin';
import { effectiveRules, regulatoryRules } from '@app/rules';
import {
  AccountRepository,
  BookError,
  type BookOrder,
  Database,
  loadBooks,
  removeBooks,
  seedDemo,
  SnapshotRepository,
} from '@app/store';
import { Decimal } from 'decimal.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

let fresh: FreshDatabase;
let database: Database;
let order: BookOrder;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open(fresh.url);
  await seedDemo(database);
  const { id: snapshotId } = (await new SnapshotRepository(database).latest())!;
  order = { accounts: 40, positions: 20, seed: 7, desks: ['a', 'b'], deficitShare: 0.25, snapshotId };
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function rows(sql: string): Promise<readonly string[]> {
  const { rows: found } = await database.pool.query<{ line: string }>(sql);
  return found.map(({ line }) => line);
}

/** Everything of the generated accounts but when they were written. */
async function contents(): Promise<readonly string[]> {
  return [
    ...(await rows(`SELECT concat_ws('|', id, name, desk, type, methodology, cash, strict_volatility, feed, version) AS line
      FROM accounts WHERE id LIKE 'gen-%' ORDER BY id`)),
    ...(await rows(`SELECT concat_ws('|', account_id, symbol, quantity) AS line
      FROM positions WHERE account_id LIKE 'gen-%' ORDER BY account_id, symbol COLLATE "C"`)),
  ];
}

async function states(): Promise<readonly (readonly [equity: number, requirement: number])[]> {
  const market = (await new SnapshotRepository(database).market(order.snapshotId))!;
  const accounts = new AccountRepository(database);
  const rules = effectiveRules(regulatoryRules(market.valuationDate)!, [], market.valuationDate);
  const context = { valuation: valuation(market), rules, strictVolatility: true };
  const ids = await rows(`SELECT id AS line FROM accounts WHERE id LIKE 'gen-%' ORDER BY id`);
  return Promise.all(
    ids.map(async (id) => {
      const account = (await accounts.find(id))!;
      await market.load(account.positions.map(({ symbol }) => symbol));
      const margin = accountMargin(account, context);
      if (isGaps(margin)) throw new Error(JSON.stringify(margin));
      return [margin.equity, margin.requirement] as const;
    }),
  );
}

describe('loadBooks', () => {
  afterEach(() => removeBooks(database, undefined));

  it('makes accounts that all have an answer, each with the positions asked for, the stated share in deficit', async () => {
    const done: number[] = [];
    await loadBooks(database, { ...order, onProgress: (accounts) => done.push(accounts) });
    expect(done.at(-1)).toBe(40);
    const counts = await rows(
      `SELECT count(*)::text AS line FROM positions WHERE account_id LIKE 'gen-%' GROUP BY account_id`,
    );
    expect(counts).toEqual(Array.from({ length: 40 }, () => '20'));
    const known = await states();
    const deficits = known.filter(([equity, requirement]) => equity < requirement);
    // A quarter of 40, drawn: five standard deviations are 14.
    expect(deficits.length).toBeGreaterThan(2);
    expect(deficits.length).toBeLessThan(25);
    const healthy = known.filter(([equity, requirement]) => equity >= requirement);
    expect(healthy.every(([equity]) => equity >= 11_000_000)).toBe(true);
    expect(known.every(([, requirement]) => requirement > 0)).toBe(true);
    expect(await rows(`SELECT DISTINCT desk AS line FROM accounts WHERE id LIKE 'gen-%' ORDER BY 1`)).toEqual([
      'a',
      'b',
    ]);
  });

  it('gives the same bytes from the same seed, and the first accounts of many are those of few', async () => {
    await loadBooks(database, order);
    const first = await contents();
    await removeBooks(database, 7);
    await loadBooks(database, order);
    expect(await contents()).toEqual(first);
    await removeBooks(database, 7);
    await loadBooks(database, { ...order, accounts: 3 });
    const few = await contents();
    expect(first).toEqual(expect.arrayContaining([...few]));
    expect(few).toHaveLength(3 + 60);
  });

  it('mixes styles: shares, options long and short, indices with their funds', async () => {
    await loadBooks(database, order);
    const styles = await rows(`SELECT DISTINCT name AS line FROM accounts WHERE id LIKE 'gen-%'`);
    expect(styles.length).toBeGreaterThanOrEqual(5);
    const kinds = await rows(`SELECT DISTINCT i.kind || ' ' || sign(p.quantity) AS line
      FROM positions p JOIN instruments i USING (symbol) WHERE p.account_id LIKE 'gen-%' ORDER BY 1`);
    expect(kinds).toEqual(['OPTION -1', 'OPTION 1', 'UNDERLYING -1', 'UNDERLYING 1']);
  });

  it('refuses a seed whose accounts are there, and leaves them and all others as they are', async () => {
    await loadBooks(database, { ...order, accounts: 2 });
    const before = await contents();
    await expect(loadBooks(database, order)).rejects.toThrow(BookError);
    expect(await contents()).toEqual(before);
    await loadBooks(database, { ...order, seed: 8, accounts: 2 });
    expect(await removeBooks(database, 7)).toBe(2);
    expect(await rows(`SELECT id AS line FROM accounts WHERE id LIKE 'gen-%' ORDER BY id`)).toEqual([
      'gen-8-0000000',
      'gen-8-0000001',
    ]);
  });

  it('refuses a snapshot that is not there, and more positions than the market has', async () => {
    await expect(loadBooks(database, { ...order, snapshotId: '0'.repeat(64) })).rejects.toThrow('no such snapshot');
    await expect(loadBooks(database, { ...order, positions: 5000 })).rejects.toThrow('fewer instruments');
    expect(await contents()).toEqual([]);
  });
});

describe('removeBooks', () => {
  it('takes no account that was not generated, however it is called', async () => {
    const named = { id: 'gen-1-0000001', name: 'Somebody', desk: 'a', type: 'CUSTOMER', methodology: 'REG_T' } as const;
    const details = { ...named, cash: new Decimal(1), strictVolatility: false, feed: null };
    await new AccountRepository(database).create(details, []);
    await loadBooks(database, { ...order, accounts: 1, seed: 2 });
    expect(await removeBooks(database, undefined)).toBe(1);
    expect(await rows(`SELECT id AS line FROM accounts WHERE id LIKE 'gen-%'`)).toEqual(['gen-1-0000001']);
  });
});
