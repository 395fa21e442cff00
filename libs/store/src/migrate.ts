import { createHash } from 'node:crypto';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Pool } from 'pg';
import { migrationList, scripts } from './migration-files.js';
import { schemaEngine } from './schema-engine.js';
import { WholeScriptAdapter } from './whole-script-adapter.js';

/** A migration did not apply; the database is as the migrations before it left it. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** Any number will do that nothing else in the database locks. */
const LOCK = 7_246_813_590;

/**
 * Brings the database to the newest schema; one that is there already is left alone. Of several processes that start
 * at once one migrates and the others wait for it.
 * @returns the names of the migrations that were applied now
 * @throws {MigrationError} saying which migration failed and why
 */
export async function migrate(url: string, list: MigrationList = migrationList()): Promise<readonly string[]> {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'marginal migrate',
  });
  pool.on('error', () => undefined); // the statement that needs the connection says so
  try {
    const session = await pool.connect();
    try {
      await session.query('SELECT pg_advisory_lock($1)', [LOCK]);
      return await apply(pool, list);
    } finally {
      // The lock ends with the session.
      session.release(true);
    }
  } finally {
    await pool.end();
  }
}

async function apply(pool: Pool, list: MigrationList): Promise<readonly string[]> {
  if (await hasTable(pool)) {
    await forgetUnfinished(pool);
    // The engine takes a sixth of a start to load, and would find nothing to do.
    if (await isApplied(pool, list)) return [];
  }
  const adapter = new WholeScriptAdapter(pool, new Set(scripts(list)));
  const engine = await schemaEngine(adapter);
  try {
    const input = { migrationsList: list, filters: { externalTables: [], externalEnums: [] } };
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } catch (error) {
    const cause = adapter.failure ?? (error as Error);
    throw new MigrationError(`The database could not be migrated: ${cause.message}`, { cause });
  } finally {
    engine.free();
  }
}

async function hasTable(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  return rows[0].found;
}

/** An entry without an end is of a run that failed or was killed; nothing of it was applied, so it may be tried again. */
async function forgetUnfinished(pool: Pool): Promise<void> {
  await pool.query(
    `UPDATE "_prisma_migrations" SET "rolled_back_at" = now() WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL`,
  );
}

/** Whether every migration of the list is entered as finished, by its name and with the content that it has. */
async function isApplied(pool: Pool, list: MigrationList): Promise<boolean> {
  const { rows } = await pool.query<{ name: string; checksum: string }>(
    `SELECT "migration_name" AS name, "checksum" FROM "_prisma_migrations"
     WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`,
  );
  const finished = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  return list.migrationDirectories.every(({ path, migrationFile }) => {
    const checksum = createHash('sha256').update(migrationFile.content.value).digest('hex');
    return finished.get(path) === checksum;
  });
}
