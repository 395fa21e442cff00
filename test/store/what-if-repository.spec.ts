import { createHash } from 'node:crypto';
import { AccountRepository, type AccountStanding, Database, type SharedText, WhatIfRepository } from '@app/store';
import { Decimal } from 'decimal.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { storeSmallMarket } from '../support/small-market.js';

const SNAPSHOT = 'a'.repeat(64);
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const UUID_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('stored what-ifs', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let accounts: AccountRepository;
  let answers: WhatIfRepository;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
    accounts = new AccountRepository(database);
    answers = new WhatIfRepository(database);
    await storeSmallMarket(database, { id: SNAPSHOT, asOf: '2026-08-21T20:00:00.000Z', feed: 'main' });
    const details = { name: 'A', desk: 'd', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN' } as const;
    const account = { ...details, cash: new Decimal(0), strictVolatility: false, feed: null };
    await accounts.create({ ...account, id: 'a' }, []);
    await accounts.create({ ...account, id: 'b', desk: 'e' }, []);
  });

  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  const standing = async (id: string): Promise<AccountStanding> => (await accounts.standing(id))!;
  const answer = (standing: AccountStanding, request: unknown, reply: object) => ({
    ...{
      standing,
      isFinal: false,
      request: Buffer.from(JSON.stringify(request)),
      reply: [JSON.stringify(reply)],
      inputs: [],
    },
  });
  const change = (id: string, version: number) =>
    accounts.replacePositions(id, version, [{ symbol: 'AAA', quantity: new Decimal(version) }], undefined);
  const blocks = async () => (await database.pool.query('SELECT FROM what_if_blocks')).rowCount;

  it('come back letter for letter, saved alone or many at once, of one account or of several', async () => {
    const [a, b] = await Promise.all(['a', 'b'].map(standing));
    const alone = answer(a, { orders: [] }, { detail: 'one' });
    const texts = ['\u0001 between', '"quoted" \\ back', 'ünïcödé — €', '{},{}', '', '\u2028'];
    const many = texts.map((text, index) => answer(index % 2 ? b : a, { text }, { text: text.repeat(1_000) }));
    const saved = [await answers.save(alone), ...(await Promise.all(many.map((each) => answers.save(each))))];
    expect(new Set(saved.map(({ id }) => id)).size).toBe(7);
    for (const [index, each] of [alone, ...many].entries()) {
      const given = saved[index] as { id: string; reply: Buffer };
      const [id, reply] = [given.id, given.reply.toString()];
      expect(id).toMatch(UUID_8);
      expect(JSON.parse(reply)).toEqual({ id, ...(JSON.parse(each.reply[0]) as object) });
      const { id: accountId, desk } = each.standing;
      expect(await answers.find(id)).toEqual({
        ...{ id, accountId, desk, snapshotId: SNAPSHOT, request: each.request.toString(), reply },
      });
    }
  });

  it('keep what many of them have in common once, and come back whole', async () => {
    const a = await standing('a');
    const kept = ['"rules":["$1 €","\\u0001"]', '"more":{"n":1}'].map((text) => ({
      ...{ text, digest: digestOf(text) },
      bytes: Buffer.from(text),
    }));
    const [rules, more] = kept;
    const replies: readonly (readonly (string | SharedText)[])[] = [
      ['{"n":1,', rules, ',', more, '}'],
      ['{', more, ',"n":2}'],
      ['{"n":3}'],
      ['{', rules, ',"again":{', more, '},', more, '}'],
    ];
    const save = () => Promise.all(replies.map((reply) => answers.save({ ...answer(a, {}, {}), reply })));
    for (const saved of [await save(), await save()]) {
      for (const [index, reply] of replies.entries()) {
        const text = reply.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
        const whole = `{"id":"${saved[index].id}",${text.slice(1)}`;
        expect((saved[index] as { reply: Buffer }).reply.toString()).toBe(whole);
        expect((await answers.find(saved[index].id!))?.reply).toBe(whole);
      }
    }
    const { rows } = await database.pool.query<{ replies: string }>(
      'SELECT replies FROM what_if_blocks ORDER BY created_at DESC LIMIT 2',
    );
    for (const { replies } of rows) expect(replies).not.toContain('rules');
  });

  it('of earlier versions, whole in their blocks, come back as well', async () => {
    const id = '00000000-0000-8000-8000-0000000000';
    await database.pool.query(
      `INSERT INTO what_if_blocks (id, account_ids, desks, snapshot_ids, standings, is_fresh, judged_on, requests, replies, inputs)
       VALUES ($1, '{a}', '{d}', $2, '{x}', '{t}', '{1,1}', $3, $4, '{""}')`,
      [`${id}00`, [SNAPSHOT], '{}\u0001{}', `{"id":"${id}00","n":1}\u0001{"id":"${id}01","n":2}`],
    );
    expect((await answers.find(`${id}01`))?.reply).toBe(`{"id":"${id}01","n":2}`);
  });

  it('are not there under any other id', async () => {
    const { id } = await answers.save(answer(await standing('a'), {}, { detail: 'one' }));
    expect(await answers.find(`${id!.slice(0, -2)}01`)).toBeUndefined();
    expect(await answers.find(`${id!.slice(0, -2)}ff`)).toBeUndefined();
    expect(await answers.find('00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });

  it('are not stored once what they were judged on has changed; the others beside them are', async () => {
    const [a, b] = await Promise.all(['a', 'b'].map(standing));
    await change('a', a.version);
    const before = await blocks();
    const [stale, ok] = await Promise.all([a, b].map((each) => answers.save(answer(each, {}, { n: 1 }))));
    const now = await standing('a');
    expect(stale).toEqual({ id: null, standing: now });
    expect(now.version).toBe(a.version + 1);
    expect((await answers.find(ok.id!))?.accountId).toBe('b');
    // The stale one has a slot in the block, and nobody is given it.
    const slots = ['00', '01'].map((slot) => answers.find(ok.id!.slice(0, -2) + slot));
    expect((await Promise.all(slots)).filter((found) => found !== undefined)).toHaveLength(1);
    expect(await blocks()).toBe(before! + 1);
    expect(await answers.save(answer(a, {}, { n: 1 }))).toEqual(stale);
    expect(await blocks()).toBe(before! + 1);
  });

  it('are stored as they are when they are final', async () => {
    const a = await standing('a');
    await change('a', a.version);
    const [given, stale] = await Promise.all([
      answers.save({ ...answer(a, {}, { n: 1 }), isFinal: true }),
      answers.save(answer(a, {}, { n: 2 })),
    ]);
    expect((await answers.find(given.id!))?.reply).toBe(`{"id":"${given.id}","n":1}`);
    expect(stale.id).toBeNull();
  });

  it('notice every kind of change', async () => {
    const kinds: readonly string[] = [
      `UPDATE accounts SET version = version + 1 WHERE id = 'a'`,
      `UPDATE accounts SET desk = 'f' WHERE id = 'a'`,
      `UPDATE accounts SET hold_version = hold_version + 1 WHERE id = 'a'`,
      `INSERT INTO audit_log (act, subject, state, author_key, author, reason, content)
       VALUES ('rule.create', 'x', 'IN_FORCE', 'k', 'n', 'r', '{}')`,
      `INSERT INTO margin_calls (id, account_id, kind, opened_on, due_on, amount, opened_amount, required, equity,
                                 snapshot_id, as_of, rules_version, account_version, met_by)
       VALUES (gen_random_uuid(), 'a', 'HOUSE', '2026-08-20', '2026-08-21', 5, 5, 5, 0, '${SNAPSHOT}', now(), 'r', 1, '{}')`,
      `UPDATE margin_calls SET amount = 4`,
      `UPDATE margin_calls SET due_on = '2026-08-22'`,
      `UPDATE margin_calls SET state = 'WAIVED', waived_amount = 9`,
    ];
    for (const sql of kinds) {
      const a = await standing('a');
      await database.pool.query(sql);
      expect([sql, await answers.save(answer(a, {}, { n: 1 }))]).toEqual([
        sql,
        { id: null, standing: await standing('a') },
      ]);
      expect((await standing('a')).text).not.toBe(a.text);
    }
    const a = await standing('a');
    await storeSmallMarket(database, { id: 'b'.repeat(64), asOf: '2026-08-22T20:00:00.000Z', feed: 'main' });
    expect(await answers.save(answer(a, {}, { n: 1 }))).toMatchObject({
      standing: { snapshot: { id: 'b'.repeat(64) } },
    });
  });

  it('of an account that is gone are not stored', async () => {
    const b = await standing('b');
    await database.pool.query(`DELETE FROM accounts WHERE id = 'b'`);
    for (const isFinal of [false, true]) {
      expect(await answers.save({ ...answer(b, {}, { n: 1 }), isFinal })).toEqual({ id: null, standing: undefined });
    }
  });
});
