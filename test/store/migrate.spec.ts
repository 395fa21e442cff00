import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { AuditRepository, Database, HouseRuleRepository, migrate, MigrationError } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { migrationList } from '../../libs/store/src/migration-files.js';

const all = migrationList();
const names = all.migrationDirectories.map(({ path }) => path);

/** A database without tables. */
async function emptyDatabase(): Promise<FreshDatabase> {
  const fresh = await freshDatabase();
  const client = new Client({ connectionString: fresh.url });
  await client.connect();
  await client.query('DROP SCHEMA public CASCADE');
  await client.query('CREATE SCHEMA public');
  await client.end();
  return fresh;
}

function withScript(sql: string): typeof all {
  const migrationFile = { path: 'migration.sql', content: { tag: 'ok', value: sql } } as const;
  return { ...all, migrationDirectories: [{ path: '20000101000000_test', migrationFile }] };
}

describe('migrate', () => {
  let database: FreshDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await emptyDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  it('applies every migration once and enters each as finished', async () => {
    expect(await migrate(database.url)).toEqual(names);
    expect(await migrate(database.url)).toEqual([]);
    const { rows } = await client.query(
      'SELECT migration_name, finished_at IS NOT NULL AS finished, applied_steps_count FROM _prisma_migrations ORDER BY migration_name',
    );
    expect(rows).toEqual(names.map((name) => ({ migration_name: name, finished: true, applied_steps_count: 1 })));
  });

  it('lets one of several processes migrate while the others wait', async () => {
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)));
    expect(applied.flat()).toEqual(names);
  });

  it('applies a migration whole or not at all, and says why it failed', async () => {
    const broken = withScript('CREATE TABLE one (id int); CREATE TABLE two (id nonsense);');
    await expect(migrate(database.url, broken)).rejects.toThrow(MigrationError);
    await expect(migrate(database.url, broken)).rejects.toThrow('type "nonsense" does not exist');
    expect((await client.query(`SELECT to_regclass('one') AS found`)).rows).toEqual([{ found: null }]);
  });

  it('tries again what failed before', async () => {
    await expect(migrate(database.url, withScript('SELECT 1/0'))).rejects.toThrow('division by zero');
    const mended = withScript(`-- semicolons; in comments
      CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;`);
    expect(await migrate(database.url, mended)).toEqual(['20000101000000_test']);
    expect((await client.query('SELECT f()')).rows).toEqual([{ f: 1 }]);
  });

  it('applies again what is entered without an end, also where all the rest is as it should be', async () => {
    const one = withScript('CREATE TABLE IF NOT EXISTS one (id int)');
    expect(await migrate(database.url, one)).toEqual(['20000101000000_test']);
    expect(await migrate(database.url, one)).toEqual([]);
    await client.query('DROP TABLE one; UPDATE _prisma_migrations SET finished_at = NULL');
    expect(await migrate(database.url, one)).toEqual(['20000101000000_test']);
    expect((await client.query(`SELECT to_regclass('one')::text AS found`)).rows).toEqual([{ found: 'one' }]);
  });

  it('leaves the tables that the Prisma client reads', async () => {
    await migrate(database.url);
    const opened = await Database.open(database.url);
    expect(await opened.prisma.account.findMany({ include: { positions: true } })).toEqual([]);
    expect(await opened.prisma.marketSnapshot.findMany({ include: { optionQuotes: true, rates: true } })).toEqual([]);
    await opened.close();
  });

  it('keeps the house rules that were there, each as the creation it was', async () => {
    const [first] = all.migrationDirectories;
    await migrate(database.url, { ...all, migrationDirectories: [first] });
    const account = `'A-1', 'One', 'north', 'CUSTOMER', 'PORTFOLIO_MARGIN', 0`;
    const [one, two] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
    await client.query(`
      INSERT INTO accounts (id, name, desk, type, methodology, cash) VALUES (${account});
      INSERT INTO house_rules (id, scope, account_id, class_group, parameter, value, effective_from, effective_to,
                               reason, author, created_at) VALUES
        ('${two}', 'FIRM', NULL, NULL, 'minimumCharge', 0.5, '2007-03-01', NULL, 'more', 'Bob', '2007-02-20T10:00Z'),
        ('${one}', 'ACCOUNT', 'A-1', 'IBM', 'priceMove.down', -0.2, '2007-02-01', '2007-06-30', 'once', 'Ann',
         '2007-01-31T10:00Z')`);
    await migrate(database.url);
    const opened = await Database.open(database.url);
    const repository = new HouseRuleRepository(opened);
    const book = await repository.current();
    expect(book.entries.map(({ at, author, reason }) => [at, author, reason])).toEqual([
      ['2007-01-31T10:00:00.000Z', 'Ann', 'once'],
      ['2007-02-20T10:00:00.000Z', 'Bob', 'more'],
    ]);
    expect(book.rulesFor('A-1')).toEqual([
      {
        ...{ ruleId: two, scope: 'FIRM', accountId: null, groupId: null, productClass: null, classGroup: null },
        ...{ symbol: null, parameter: 'minimumCharge', value: 0.5, pack: null },
        ...{ effectiveFrom: '2007-03-01', effectiveTo: null },
      },
      {
        ...{ ruleId: one, scope: 'ACCOUNT', accountId: 'A-1', groupId: null, productClass: null, classGroup: 'IBM' },
        ...{ symbol: null, parameter: 'priceMove.down', value: -0.2, pack: null },
        ...{ effectiveFrom: '2007-02-01', effectiveTo: '2007-06-30' },
      },
    ]);
    expect(book.rulesFor('A-2')).toHaveLength(1);
    expect((await new AuditRepository(opened).check()).fault).toBeUndefined();
    await opened.close();
  });

  it('by an owner who is no administrator asks for the role of the applications, and is content with it', async () => {
    const owner = `owner_${randomBytes(4).toString('hex')}`;
    const { pathname } = new URL(database.url);
    await client.query(`CREATE ROLE ${owner} LOGIN PASSWORD 'secret'`);
    await client.query(
      `ALTER SCHEMA public OWNER TO ${owner}; GRANT CREATE ON DATABASE "${pathname.slice(1)}" TO ${owner}`,
    );
    const url = new URL(database.url);
    url.username = owner;
    url.password = 'secret';
    try {
      await expect(migrate(url.href)).rejects.toThrow(/GRANT marginal_app TO owner_/);
      await client.query(`GRANT marginal_app TO ${owner}`);
      expect((await migrate(url.href)).length).toBeGreaterThan(0);
      const opened = await Database.open(url.href);
      await expect(opened.pool.query('DELETE FROM audit_log')).rejects.toMatchObject({ code: '42501' });
      await opened.close();
    } finally {
      await client.query(`DROP OWNED BY ${owner} CASCADE; DROP ROLE ${owner}`);
    }
  });

  it('leaves a user who is a member of the role and no owner nothing to go back to', async () => {
    await migrate(database.url);
    const user = `user_${randomBytes(4).toString('hex')}`;
    await client.query(`CREATE ROLE ${user} LOGIN PASSWORD 'secret'; GRANT marginal_app TO ${user}`);
    const url = new URL(database.url);
    url.username = user;
    url.password = 'secret';
    try {
      const opened = await Database.open(url.href, { connectionsMax: 1 });
      await opened.pool.query('RESET ROLE');
      await expect(opened.pool.query('DELETE FROM audit_log')).rejects.toMatchObject({ code: '42501' });
      await opened.close();
      // Nothing to migrate is nothing that needs an owner.
      expect(await migrate(url.href)).toEqual([]);
    } finally {
      await client.query(`DROP OWNED BY ${user}; DROP ROLE ${user}`);
    }
  });
});
