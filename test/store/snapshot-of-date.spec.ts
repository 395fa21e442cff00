import { Database, SnapshotRepository } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { storeSmallMarket } from '../support/small-market.js';

describe('the latest snapshot of an exchange date', () => {
  let fresh: FreshDatabase;
  let database: Database;
  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
    const stored: readonly [id: string, asOf: string, feed: string][] = [
      ['1', '2026-06-12T14:00:00.000Z', 'main'],
      ['2', '2026-06-12T20:00:00.000Z', 'other'],
      // The day after in UTC, the evening of the same day in New York.
      ['3', '2026-06-13T03:59:00.000Z', 'late'],
      ['4', '2026-06-13T04:00:00.000Z', 'main'],
      ['5', '2026-12-12T04:30:00.000Z', 'main'],
    ];
    for (const [digit, asOf, feed] of stored) await storeSmallMarket(database, { id: digit.repeat(64), asOf, feed });
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  it.each([
    ['2026-06-12', undefined, '3'],
    ['2026-06-12', 'other', '2'],
    ['2026-06-12', 'main', '1'],
    ['2026-06-13', undefined, '4'],
    ['2026-12-11', undefined, '5'],
    ['2026-12-12', undefined, undefined],
    ['2026-06-11', undefined, undefined],
    ['2026-06-12', 'none', undefined],
  ])('%s, feed %s', async (date, feed, digit) => {
    const found = await new SnapshotRepository(database).latestOn(date, feed);
    expect(found?.id[0]).toBe(digit);
  });
});
