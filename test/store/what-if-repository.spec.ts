import { randomUUID } from 'node:crypto';
import { AccountRepository, Database, WhatIfRepository } from '@app/store';
import { Decimal } from 'decimal.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { storeSmallMarket } from '../support/small-market.js';

const SNAPSHOT = 'a'.repeat(64);

describe('stored what-ifs', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let answers: WhatIfRepository;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
    answers = new WhatIfRepository(database);
    await storeSmallMarket(database, { id: SNAPSHOT, asOf: '2026-08-21T20:00:00.000Z', feed: 'main' });
    const details = { id: 'a', name: 'A', desk: 'd', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN' } as const;
    const account = { ...details, cash: new Decimal(0), strictVolatility: false, feed: null };
    await new AccountRepository(database).create(account, []);
  });

  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  const answer = (request: unknown, reply: unknown) => ({
    ...{ id: randomUUID(), accountId: 'a', desk: 'd', snapshotId: SNAPSHOT },
    request: JSON.stringify(request),
    reply: JSON.stringify(reply),
  });

  it('come back letter for letter, saved alone or many at once', async () => {
    const alone = answer({ orders: [] }, { detail: 'one' });
    await answers.save(alone);
    const many = ['\u0001 between', '"quoted" \\ back', 'ünïcödé — €', '{},{}', '', '\u2028'].map((text) =>
      answer({ text }, { text: text.repeat(1_000) }),
    );
    await Promise.all(many.map((each) => answers.save(each)));
    for (const each of [alone, ...many]) expect(await answers.find(each.id)).toMatchObject(each);
  });

  it('are not there when they could not be saved', async () => {
    const foreign = { ...answer({}, {}), accountId: 'nobody' };
    await expect(answers.save(foreign)).rejects.toThrow();
    expect(await answers.find(foreign.id)).toBeUndefined();
    expect(await answers.find(randomUUID())).toBeUndefined();
  });
});
