import { Client } from 'pg';
import { Database, migrate, MigrationError } from '@app/store';
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
      'SELECT migration_name, finished_at IS NOT NULL AS finished, applied_steps_count FROM _prisma_migrations',
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

  it('leaves the tables that the Prisma client reads', async () => {
    await migrate(database.url);
    const opened = await Database.open(database.url);
    expect(await opened.prisma.account.findMany({ include: { positions: true, houseRules: true } })).toEqual([]);
    expect(await opened.prisma.marketSnapshot.findMany({ include: { optionQuotes: true, rates: true } })).toEqual([]);
    await opened.close();
  });
});
