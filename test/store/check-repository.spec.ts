import { randomUUID } from 'node:crypto';
import {
  AccountRepository,
  AnswerRepository,
  blockId,
  type Check,
  CheckRepository,
  CommonText,
  Database,
  decisionText,
  singularText,
  slotId,
  wholeText,
} from '@app/store';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
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
    ...{ headers: ['{"A":"\\""}'], body: decisionText`{"of":${JSON.stringify(key)}}` },
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
      expect([found.body.toString(), found.status, found.headers]).toEqual([
        wholeText(asked[index].body),
        201,
        { A: '"' },
      ]);
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

  it('are not taken for judged on what another commit left at the same version', async () => {
    const id = await account();
    const [first, other] = [blockId(Date.now()), blockId(Date.now())];
    const [now, behind] = [await judged(id), await judged(id, 1, first)];
    expect(await commit([now], [check('O-1')], other)).toEqual(['COMMITTED']);
    expect(await commit([behind], [check('O-2')])).toEqual(['STALE']);
    expect(await commit([await judged(id, 0, other)], [check('O-2')], first)).toEqual(['COMMITTED']);
  });

  it('are sent before those they follow are answered', async () => {
    const id = await account();
    const line = checks.line();
    const blocks = Array.from({ length: 4 }, () => blockId(Date.now()));
    const judgedOn = await Promise.all(
      blocks.map((_, place) => judged(id, place, place === 0 ? null : blocks[place - 1])),
    );
    const outcomes = blocks.map((block, place) =>
      checks.commit(
        line,
        block,
        [judgedOn[place]],
        [{ ...check(`O-${place === 2 ? 1 : place}`), id: slotId(block, 0) }],
      ),
    );
    // The third uses an order id again: it is not committed, and nor is what was judged on it.
    expect((await Promise.all(outcomes)).map(([{ outcome }]) => outcome)).toEqual([
      ...['COMMITTED', 'COMMITTED', 'DUPLICATE', 'STALE'],
    ]);
  });

  it('leave nothing to be judged on where nothing is held', async () => {
    const id = await account();
    const block = blockId(Date.now());
    expect(await commit([await judged(id)], [check(null)], block)).toEqual(['COMMITTED']);
    expect(await holdVersion(id)).toBe(0);
    expect(await commit([await judged(id, 0, block)], [check('O-1')])).toEqual(['STALE']);
  });

  it('are found byte for byte whatever they hold, in common or not', async () => {
    const jsonText = fc
      .oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom('\u0001', '\u0003', '\u0004', '"', '\\') }),
      )
      .map((text) => JSON.stringify(text));
    const body = fc.oneof(
      fc.tuple(jsonText, jsonText).map(([a, b]) => decisionText`{"a":${a},"b":${b},"c":""}`),
      fc.tuple(jsonText, jsonText).map(([a, b]) => decisionText`{"b":${new CommonText(b)},${''}"a":${a}}`),
      jsonText.map(singularText),
    );
    const id = await account();
    const answers = new AnswerRepository(database);
    const bodies = fc.array(fc.tuple(body, jsonText), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(bodies, async (given) => {
        const block = blockId(Date.now());
        const asked = given.map(([text, header], slot) => {
          const own = slotId(block, slot);
          const named = {
            ...text,
            values: text.values.map((value, i) => (i === 0 && slot % 2 === 0 ? `"${own}"` : value)),
          };
          return { ...check(null), id: own, body: named, headers: ['{"At":"/', `","H":${header}}`] };
        });
        await checks.commit(checks.line(), block, [await judged(id)], asked);
        for (const { id: own, idempotencyKey, body: text, headers } of asked) {
          const found = (await answers.find({ callerKeyId: CALLER, key: idempotencyKey! }))!;
          expect([found.body.toString(), JSON.stringify(found.headers)]).toEqual([wholeText(text), headers.join(own)]);
        }
      }),
      { numRuns: 25 },
    );
  });
});
