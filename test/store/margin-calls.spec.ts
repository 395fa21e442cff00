import { createHash } from 'node:crypto';
import {
  AccountRepository,
  type CallTurns,
  CashMovementRepository,
  Database,
  type MarginCall,
  MarginCallRepository,
  marginCallStatus,
  type ValuedAccount,
} from '@app/store';
import { Decimal } from 'decimal.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { storeSmallMarket } from '../support/small-market.js';

/** Closes of a Tuesday and of business days after it; Juneteenth is a Friday. */
const TUESDAY = '2026-06-16T20:00:00.000Z';
const WEDNESDAY = '2026-06-17T20:00:00.000Z';
const MONDAY = '2026-06-22T20:00:00.000Z';
const NEXT_TUESDAY = '2026-06-23T20:00:00.000Z';

let fresh: FreshDatabase;
let database: Database;
let accounts: AccountRepository;
let calls: MarginCallRepository;
let cash: CashMovementRepository;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open(fresh.url);
  accounts = new AccountRepository(database);
  calls = new MarginCallRepository(database);
  cash = new CashMovementRepository(database);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** A market of its own for every test, whose latest prices are the latest that the test has followed. */
let feed = '';
let tests = 0;
beforeEach(() => {
  feed = `feed-${(tests += 1)}`;
});

/** Values accounts on the close of a day. */
async function follow(asOf: string, values: readonly ValuedAccount[]): Promise<CallTurns> {
  const snapshotId = createHash('sha256').update(`${feed} ${asOf}`).digest('hex');
  const { rowCount } = await database.pool.query('SELECT FROM market_snapshots WHERE id = $1', [snapshotId]);
  if (rowCount === 0) await storeSmallMarket(database, { id: snapshotId, asOf, feed });
  return calls.follow({ snapshotId, asOf: new Date(asOf) }, values);
}

let made = 0;

async function account(methodology: 'PORTFOLIO_MARGIN' | 'REG_T' = 'PORTFOLIO_MARGIN'): Promise<string> {
  const id = `a-${(made += 1)}`;
  const details = { id, name: id, desk: `desk-${made}`, type: 'CUSTOMER', methodology, feed } as const;
  await accounts.create({ ...details, cash: new Decimal(0), strictVolatility: false }, []);
  return id;
}

/** Rich enough for portfolio margin; 1,000.00 short of the rule book and another 500.00 of the house. */
function valued(accountId: string, changes: Partial<ValuedAccount> = {}): ValuedAccount {
  return {
    ...{ accountId, accountVersion: 1, methodology: 'PORTFOLIO_MARGIN', rulesVersion: 'rules' },
    ...{ requirement: 20_150_000, regulatoryRequirement: 20_100_000, maintenanceExcess: 0, equity: 20_000_000 },
    ...changes,
  };
}

const HEALTHY = { equity: 30_000_000 };

async function callsOf(accountId: string): Promise<readonly MarginCall[]> {
  const found = await calls.list({ ...ALL, accountId });
  return [...found].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
const ALL = { desk: undefined, accountId: undefined, status: undefined, after: undefined, limit: 500 };

/** The call of an account that has one, which has to be of the rule book. */
async function only(accountId: string): Promise<MarginCall> {
  const found = await callsOf(accountId);
  expect(found.map(({ kind }) => kind)).toEqual(['MARGIN_DEFICIENCY']);
  return found[0];
}

/** Without a house requirement of its own, so that there is one call. */
async function withOneCall(): Promise<string> {
  const id = await account();
  await follow(TUESDAY, [valued(id, { requirement: 20_100_000 })]);
  return id;
}

async function history(accountId: string): Promise<unknown[]> {
  const { id } = await only(accountId);
  return (await calls.events(id)).map(({ type, amount, deposits, causes }) => [type, amount, deposits, causes]);
}

async function pay(accountId: string, dollars: string, version: number): Promise<void> {
  const movement = { accountId, movementId: `m-${version}`, amount: new Decimal(dollars), reason: 'x', author: 'y' };
  expect(await cash.move(movement, version)).toMatchObject({ accountVersion: version + 1 });
}

describe('opening', () => {
  it('asks for what the rule book lacks, what the house asks beyond it, and the minimum equity, each by its day', async () => {
    const [book, poor] = [await account(), await account()];
    const turns = await follow(TUESDAY, [
      valued(book),
      valued(poor, { requirement: 9_000_000, regulatoryRequirement: 8_000_000, equity: 8_500_000 }),
    ]);
    expect(turns).toEqual({ OPENED: 4, CHANGED: 0, OVERDUE: 0, REVIVED: 0, MET: 0 });
    const lines = async (id: string) =>
      (await callsOf(id)).map(({ kind, amount, openedOn, dueOn }) => [kind, amount, openedOn, dueOn]);
    expect(await lines(book)).toEqual([
      ['HOUSE', 50_000, '2026-06-16', '2026-06-18'],
      ['MARGIN_DEFICIENCY', 100_000, '2026-06-16', '2026-06-22'],
    ]);
    expect(await lines(poor)).toEqual([
      ['HOUSE', 500_000, '2026-06-16', '2026-06-18'],
      ['MINIMUM_EQUITY', 1_500_000, '2026-06-16', '2026-06-22'],
    ]);
  });

  it('asks a Regulation T account for its maintenance, and an account that holds nothing for nothing', async () => {
    const [regT, empty] = [await account('REG_T'), await account()];
    await follow(TUESDAY, [
      valued(regT, { methodology: 'REG_T', requirement: 60_000_00, equity: 40_000_00, maintenanceExcess: -7_00 }),
      valued(empty, { requirement: 0, regulatoryRequirement: 0, equity: 500_00 }),
    ]);
    expect(await callsOf(regT)).toMatchObject([
      { kind: 'MAINTENANCE', amount: 700, required: 40_007_00, equity: 40_000_00, dueOn: '2026-07-09' },
    ]);
    expect(await callsOf(empty)).toEqual([]);
  });

  it('opens one call, however often and by however many the same values are brought', async () => {
    const id = await account();
    await follow(TUESDAY, []);
    const turns = await Promise.all(Array.from({ length: 6 }, () => follow(TUESDAY, [valued(id)])));
    expect(turns.reduce((sum, { OPENED }) => sum + OPENED, 0)).toBe(2);
    expect(await callsOf(id)).toHaveLength(2);
    expect(await follow(TUESDAY, [valued(id)])).toEqual({
      OPENED: 0,
      CHANGED: 0,
      OVERDUE: 0,
      REVIVED: 0,
      MET: 0,
    });
  });
});

describe('following', () => {
  it('is met by a deposit that is as much as was missing, whatever else has changed', async () => {
    const id = await withOneCall();
    await pay(id, '1000', 1);
    await follow(WEDNESDAY, [valued(id, { ...HEALTHY, accountVersion: 2 })]);
    expect(await only(id)).toMatchObject({ state: 'MET', amount: 0, closedOn: '2026-06-17', metBy: ['DEPOSIT'] });
    expect(await history(id)).toEqual([
      ['OPENED', 100_000, 0, []],
      ['MET', 0, 100_000, ['DEPOSIT', 'MARKET']],
    ]);
  });

  it('is met by the market where only prices have changed', async () => {
    const id = await withOneCall();
    await follow(WEDNESDAY, [valued(id, HEALTHY)]);
    expect(await only(id)).toMatchObject({ state: 'MET', metBy: ['MARKET'] });
  });

  it('is met by trades where the account has changed but for its cash, and by rules where only they have', async () => {
    const [traded, ruled] = [await withOneCall(), await withOneCall()];
    await follow(TUESDAY, [
      valued(traded, { ...HEALTHY, accountVersion: 2 }),
      valued(ruled, { ...HEALTHY, rulesVersion: 'other' }),
    ]);
    expect((await only(traded)).metBy).toEqual(['TRADES']);
    expect((await only(ruled)).metBy).toEqual(['RULES']);
  });

  it('changes with a deposit too small, and is met by all that followed', async () => {
    const id = await withOneCall();
    await pay(id, '400', 1);
    await follow(TUESDAY, [valued(id, { requirement: 20_100_000, equity: 20_040_000, accountVersion: 2 })]);
    await pay(id, '100', 2);
    await follow(WEDNESDAY, [valued(id, { ...HEALTHY, accountVersion: 4 })]);
    expect(await history(id)).toEqual([
      ['OPENED', 100_000, 0, []],
      ['CHANGED', 60_000, 40_000, ['DEPOSIT']],
      ['MET', 0, 10_000, ['DEPOSIT', 'TRADES', 'MARKET']],
    ]);
    expect((await only(id)).metBy).toEqual(['DEPOSIT', 'TRADES', 'MARKET']);
  });

  it('is never met by money that was paid out', async () => {
    const id = await withOneCall();
    await pay(id, '-50', 1);
    await follow(WEDNESDAY, [valued(id, { ...HEALTHY, accountVersion: 2 })]);
    expect((await only(id)).metBy).toEqual(['MARKET']);
  });

  it('opens a new call where equity falls short again', async () => {
    const id = await withOneCall();
    await follow(WEDNESDAY, [valued(id, HEALTHY)]);
    await follow(MONDAY, [valued(id, { requirement: 20_100_000 })]);
    expect((await callsOf(id)).map(({ state, openedOn }) => [state, openedOn])).toEqual([
      ['OPEN', '2026-06-22'],
      ['MET', '2026-06-16'],
    ]);
  });

  it('opens nothing on prices older than the latest of the account', async () => {
    const id = await account();
    await follow(MONDAY, []);
    await follow(WEDNESDAY, [valued(id)]);
    expect(await callsOf(id)).toEqual([]);
  });

  it('takes no notice of values older than those it knows', async () => {
    const id = await withOneCall();
    await follow(MONDAY, [valued(id, { requirement: 20_100_000, accountVersion: 3 })]);
    await follow(WEDNESDAY, [valued(id, { ...HEALTHY, accountVersion: 3 })]);
    await follow(MONDAY, [valued(id, { ...HEALTHY, accountVersion: 2 })]);
    expect((await only(id)).state).toBe('OPEN');
    await follow(MONDAY, [valued(id, { ...HEALTHY, accountVersion: 4 })]);
    await follow(WEDNESDAY, [valued(id, { requirement: 20_100_000 })]);
    expect((await only(id)).state).toBe('MET');
  });
});

describe('overdue', () => {
  it('is from the day after the last on, said once, and is no longer when extended or met', async () => {
    const id = await withOneCall();
    const short = valued(id, { requirement: 20_100_000 });
    await follow(MONDAY, [short]);
    expect((await history(id)).map((event) => (event as unknown[])[0])).toEqual(['OPENED']);
    await follow(NEXT_TUESDAY, [short]);
    await follow(NEXT_TUESDAY, [{ ...short, rulesVersion: 'other' }]);
    expect(await history(id)).toEqual([
      ['OPENED', 100_000, 0, []],
      ['OVERDUE', 100_000, 0, ['MARKET']],
    ]);
    const call = await only(id);
    expect(marginCallStatus(call)).toBe('OVERDUE');
    const decision = { id: call.id, version: call.version, author: 'risk', reason: 'Wire under way.' };
    expect(await calls.extend(decision, '2026-06-24', '2026-06-23')).toBe(true);
    expect(await calls.extend(decision, '2026-06-25', '2026-06-23')).toBe(false);
    expect(marginCallStatus(await only(id))).toBe('OPEN');
    expect((await calls.events(call.id)).at(-1)).toMatchObject({
      type: 'EXTENDED',
      author: 'risk',
      dueOn: '2026-06-24',
    });
  });

  it('is known to whoever asks how an account stands, the call due first', async () => {
    const id = await account();
    expect(await accounts.standing(id)).toMatchObject({ firstCall: null });
    await follow(TUESDAY, [valued(id)]);
    const [house] = await callsOf(id);
    expect(await accounts.standing(id)).toMatchObject({
      firstCall: { id: house.id, dueOn: '2026-06-18', amount: 50_000 },
    });
    await follow(WEDNESDAY, [valued(id, HEALTHY)]);
    expect(await accounts.standing(id)).toMatchObject({ firstCall: null });
  });
});

describe('waiving', () => {
  it('holds as long as no more is missing, and bars nothing', async () => {
    const id = await withOneCall();
    const call = await only(id);
    const decision = { id: call.id, version: 1, author: 'risk', reason: 'Agreed.' };
    expect(await calls.waive(decision, '2026-06-16')).toBe(true);
    expect(await accounts.standing(id)).toMatchObject({ firstCall: null });
    const less = { requirement: 20_100_000, equity: 20_050_000 };
    await follow(NEXT_TUESDAY, [valued(id, less)]);
    expect(await only(id)).toMatchObject({ state: 'WAIVED', amount: 50_000 });
    const more = { requirement: 20_100_000, equity: 19_999_900, accountVersion: 2 };
    await follow(NEXT_TUESDAY, [valued(id, more)]);
    expect(await only(id)).toMatchObject({ state: 'OPEN', amount: 100_100, dueOn: '2026-06-26' });
    expect((await calls.events(call.id)).map(({ type }) => type)).toEqual(['OPENED', 'WAIVED', 'CHANGED', 'REVIVED']);
  });
});

describe('lists', () => {
  it('are of an account, a desk, a status, page by page', async () => {
    const [first, second] = [await withOneCall(), await withOneCall()];
    await follow(NEXT_TUESDAY, []);
    const { desk } = await only(second);
    expect((await calls.list({ ...ALL, desk })).map(({ accountId }) => accountId)).toEqual([second]);
    // The latest prices are of the Tuesday after: whatever is due before is overdue.
    expect((await calls.list({ ...ALL, accountId: first, status: 'OVERDUE' })).length).toBe(1);
    expect(await calls.list({ ...ALL, accountId: first, status: 'OPEN' })).toEqual([]);
    const all = (await calls.list(ALL)).map(({ id }) => id);
    const paged: string[] = [];
    for (let after: MarginCall | undefined; ;) {
      const page = await calls.list({ ...ALL, limit: 3, after });
      paged.push(...page.map(({ id }) => id));
      after = page.at(-1);
      if (after === undefined) break;
    }
    expect(paged).toEqual(all);
  });
});

describe('history', () => {
  it('is only ever added to, and goes with its account', async () => {
    const id = await withOneCall();
    await pay(id, '10', 1);
    for (const sql of [
      'UPDATE margin_call_events SET amount = 1',
      'DELETE FROM margin_call_events',
      'DELETE FROM margin_calls',
      'UPDATE cash_movements SET amount = 1',
      'DELETE FROM cash_movements',
    ]) {
      await expect(database.pool.query(sql)).rejects.toThrow(/refused/);
    }
    await database.pool.query('DELETE FROM accounts WHERE id = $1', [id]);
    expect(await callsOf(id)).toEqual([]);
  });
});

describe('cash movements', () => {
  it('change the balance and the version, once an id, and not on another version', async () => {
    const id = await account();
    await pay(id, '100.25', 1);
    const movement = { accountId: id, movementId: 'm-1', amount: new Decimal(5), reason: 'x', author: 'y' };
    expect(await cash.move(movement, 2)).toBeUndefined();
    expect(await cash.move({ ...movement, movementId: 'm-2' }, 1)).toBeUndefined();
    expect(await accounts.find(id)).toMatchObject({ cash: new Decimal('100.25'), version: 2 });
    expect(await cash.find(id, 'm-1')).toMatchObject({ amount: new Decimal('100.25'), accountVersion: 2 });
    await pay(id, '-0.25', 2);
    const listed = await cash.list({ accountId: id, before: undefined, limit: 10 });
    expect(listed.map(({ amount }) => amount.toFixed(2))).toEqual(['-0.25', '100.25']);
    expect(await cash.list({ accountId: id, before: 3, limit: 10 })).toHaveLength(1);
  });
});
