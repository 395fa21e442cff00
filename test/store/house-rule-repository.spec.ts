import type { BookChange } from '@app/rules';
import { AuditRepository, Database, HouseRuleRepository } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const SIGNED = { authorKey: 'k', author: 'Ann', reason: 'a test', state: 'IN_FORCE' } as const;

const rule = (subject: string, value = 0.5): BookChange => ({
  act: 'rule.create',
  subject,
  content: {
    ...{ scope: 'FIRM', groupId: null, accountId: null, productClass: null, classGroup: null, symbol: null },
    ...{ parameter: 'minimumCharge', value, effectiveFrom: '2026-01-01', effectiveTo: null },
  },
});

describe('HouseRuleRepository', () => {
  let fresh: FreshDatabase;
  /** Of two processes. */
  let one: Database;
  let other: Database;

  beforeEach(async () => {
    fresh = await freshDatabase();
    [one, other] = [await Database.open(fresh.url), await Database.open(fresh.url)];
  });
  afterEach(async () => {
    await one.close();
    await other.close();
    await fresh.drop();
  });

  it('sees what another process has written, at the next look', async () => {
    const [here, there] = [new HouseRuleRepository(one), new HouseRuleRepository(other)];
    expect(await here.findForAccount('A')).toEqual([]);
    const { sequence } = await there.change(() => ({ ...SIGNED, change: rule('r1') }));
    expect((await here.findForAccount('A', sequence)).map(({ ruleId }) => ruleId)).toEqual(['r1']);
    // One list for accounts bound alike; a book as new as the stamp says is not read again.
    const known = await here.findForAccount('A', sequence);
    expect(await here.findForAccount('B', sequence)).toBe(known);
  });

  it('decides about the book with no other change between, whoever writes', async () => {
    const repositories = [new HouseRuleRepository(one), new HouseRuleRepository(other)];
    const seen = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        let sequence = -1;
        const written = await repositories[index % 2].change((book) => {
          sequence = book.sequence;
          return { ...SIGNED, change: rule(`r${index}`) };
        });
        return [sequence + 1, written.sequence];
      }),
    );
    expect(seen.every(([decidedAt, writtenAs]) => decidedAt === writtenAs)).toBe(true);
    expect((await repositories[0].current()).rules.size).toBe(30);
    expect((await new AuditRepository(one).check()).fault).toBeUndefined();
  });

  it('writes nothing where nothing is decided, or deciding fails', async () => {
    const repository = new HouseRuleRepository(one);
    expect(await repository.change(() => null)).toBeNull();
    const refused = new Error('no');
    await expect(
      repository.change(() => {
        throw refused;
      }),
    ).rejects.toBe(refused);
    expect((await new HouseRuleRepository(other).current()).sequence).toBe(0);
    await repository.change(() => ({ ...SIGNED, change: rule('r1') }));
    expect((await repository.current()).sequence).toBe(1);
  });

  it('does not pass over a change it does not know: margin would come out too low', async () => {
    await new AuditRepository(one).append(() =>
      Promise.resolve({ ...SIGNED, act: 'rule.unheard', subject: 'r1', content: '{}' }),
    );
    await expect(new HouseRuleRepository(one).current()).rejects.toThrow('change 1 of the audit log is an unknown act');
  });
});
