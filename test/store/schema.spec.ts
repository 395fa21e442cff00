import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { Pool, type QueryResult } from 'pg';
import { schemaEngine } from '../../libs/store/src/schema-engine.js';
import { freshDatabase } from '../support/database.js';

const INTERNAL_CHAR = 18;
const TEXT = 25;

/** The engine reads columns of PostgreSQL's internal "char" in the catalogue, a type that Prisma's adapter refuses. */
class CatalogueAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    const ask = pool.query.bind(pool) as (...parameters: readonly unknown[]) => Promise<QueryResult<unknown[]>>;
    const chars = new WeakMap<object, readonly boolean[]>();
    pool.query = (async (...parameters: readonly unknown[]) => {
      const result = await ask(...parameters);
      const isChar = result.fields.map(({ dataTypeID }) => dataTypeID === INTERNAL_CHAR);
      chars.set(result.rows, isChar);
      for (const field of result.fields) if (field.dataTypeID === INTERNAL_CHAR) field.dataTypeID = TEXT;
      return result;
    }) as typeof pool.query;
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const isChar = chars.get(result.rows) ?? [];
      const types = result.columnTypes.map((type, index) => (isChar[index] ? ColumnTypeEnum.Character : type));
      return { ...result, columnTypes: types };
    };
    return adapter;
  }
}

/** The SQL that would bring the database to the schema. */
async function difference(url: string): Promise<string | null> {
  const pool = new Pool({ connectionString: url });
  const engine = await schemaEngine(new CatalogueAdapter(pool));
  const path = 'schema.prisma';
  const files = [{ path, content: readFileSync(join(process.cwd(), 'prisma', path), 'utf8') }];
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: process.cwd() },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout;
  } finally {
    engine.free();
    await pool.end();
  }
}

describe('prisma/schema.prisma', () => {
  it('describes the tables that the migrations make', async () => {
    const database = await freshDatabase();
    const sql = await difference(database.url);
    await database.drop();
    expect(sql?.trim()).toBe('-- This is an empty migration.');
  });
});
