import { randomUUID } from 'node:crypto';
import {
  AccountRepository,
  AnswerRepository,
  blockId,
  type Check,
  CheckRepository,
  Database,
  decisionText,
  slotId,
  wholeText,
} from '@app/store';
import { Decimal } from 'decimal.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { storeSmallMarket } from '../support/small-market.js';

const NEXT_DAY = { id: 'b'.repeat(64), asOf: '2026-08-24T20:00:00.000Z', feed: 'main' };
const HOLD = {
  ...{ heldCents: 5, changeCents: 5, validUntil: Date.UTC(2100, 0, 1), replacedId: null },
  ...{ orders: '[]', leaves: ['1'] },
};
const CALLER = '00000000-0000-4000-8000-000000000001';

describe('checks that are committed', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let accounts: AccountRepository;
  let checks: CheckRepository;
  let next = 0;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
    accounts = new AccountRepository(database);
    checks = new CheckRepository(database);
    await storeSmallMarket(database, { ...NEXT_DAY, id: 'a'.repeat(64), asOf: '2026-08-21T20:00:00.000Z' });
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  async function account(): Promise<string> {
    const id = `held-${++next}`;
    const details = { name: 'A', desk: 'd', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN', feed: null } as const;
    await accounts.create({ ...details, id, cash: new Decimal(0), strictVolatility: false }, []);
    return id;
  }
  const judged = async (id: string, ahead = 0, behind: string | null = null) => {
    const standing = (await accounts.standing(id))!;
    return { standing, holdVersion: standing.holdVersion + ahead, behind };
  };
  const check = (clOrdId: string | null, key: string | null = randomUUID(), account = 0): Omit<Check, 'id'> => ({
    ...{ account, callerKeyId: CALLER, idempotencyKey: key, fingerprint: 'f', status: clOrdId === null ? 200 : 201 },
    ...{ headers: '{"A":"\\""}', body: decisionText`{"of":${JSON.stringify(key)}}` },
    hold: clOrdId === null ? null : { ...HOLD, clOrdIds: [clOrdId] },
  });
  const commit = async (
    on: Awaited<ReturnType<typeof judged>>[],
    asked: readonly Omit<Check, 'id'>[],
    block = blockId(Date.now()),
  ) => {
    const numbered = asked.map((each, index) => ({ ...each, id: slotId(block, index) }));
    return (await checks.commit(checks.line(), block, on, numbered)).map(({ outcome }) => outcome);
  };
  const holdVersion = async (id: string) => (await accounts.standing(id))!.holdVersion;

  it('are found under their keys, byte for byte, whatever the keys are', async () => {
    const id = await account();
    const keys = ['plain', 'with "quotes"', 'back\\slash', '{braces},and commas', 'NULL', ' ünïcödé '];
    const asked = [...keys.map((key, index) => check(`O-${index}`, key)), check(null, null)];
    expect(new Set(await commit([await judged(id)], asked))).toEqual(new Set(['COMMITTED']));
    const answers = new AnswerRepository(database);
    for (const [index, key] of keys.entries()) {
      const found = (await answers.find({ callerKeyId: CALLER, key }))!;
      expect([found.body.toString(), found.status, found.headers]).toEqual([wholeText(asked[index].body), 201, { A: '"' }]);
    }
    expect(await holdVersion(id)).toBe(1);
  });

  it('are judged again where a key, an order id, a snapshot or the account is not as it was', async () => {
    const [a, b] = [await account(), await account()];
    const on = await Promise.all([judged(a), judged(b)]);
    const key = randomUUID();
    expect(await commit(on, [check('O-1', key, 0), check(null, undefined, 1)])).toEqual(['COMMITTED', 'COMMITTED']);
    expect(await commit(on, [check('O-2', undefined, 0), check('O-2', undefined, 1)])).toEqual(['STALE', 'COMMITTED']);
    expect(await commit([await judged(a)], [check('O-1'), check('O-3')])).toEqual(['DUPLICATE', 'STALE']);
    expect(await commit([await judged(a)], [check('O-4', key), check(null)])).toEqual(['ANSWERED', 'STALE']);
    const before = await judged(a);
    await storeSmallMarket(database, NEXT_DAY);
    expect(await commit([before], [check('O-5')])).toEqual(['STALE']);
    expect(await commit([await judged(a)], [check('O-5')])).toEqual(['COMMITTED']);
  });

  it('may be judged on what others will leave, and are taken only where these left just that', async () => {
    const id = await account();
    const [now, then] = [await judged(id), await judged(id, 1)];
    expect(await commit([now], [check('O-1')])).toEqual(['COMMITTED']);
    expect(await commit([then], [check('O-2')])).toEqual(['COMMITTED']);
    const [again, after] = [await judged(id), await judged(id, 1)];
    expect(await commit([again], [check('O-3'), check('O-1')])).toEqual(['COMMITTED', 'DUPLICATE']);
    expect(await holdVersion(id)).toBe(4);
    expect(await commit([after], [check('O-4')])).toEqual(['STALE']);
  });
});
