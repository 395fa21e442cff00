import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface FreshDatabase {
  readonly url: string;
  /** Ends connections that are still open. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own: a clone of the template, in milliseconds. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { MARGINAL_TEST_SERVER: server, MARGINAL_TEST_TEMPLATE: template } = process.env;
  if (!server || !template) throw new Error('No test server: run tests through Jest, whose global setup starts it.');
  const name = `${template}_${randomBytes(4).toString('hex')}`;
  // Files are copied, not logged block by block: the template is small and the server does not wait for the disk.
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function execute(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
