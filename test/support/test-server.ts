import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../libs/store/src/embedded-postgres.js';
import { migrate } from '../../libs/store/src/migrate.js';
import { isAlive } from '../../libs/store/src/postmaster.js';

export interface TestServer {
  stop(): Promise<void>;
}

const FOLDER = /^marginal-test-(\d+)(-\w+)?$/;

/** A PostgreSQL with one migrated database that `freshDatabase` clones; workers learn where from the environment. */
export async function startTestServer(): Promise<TestServer> {
  const server = await openServer(process.env.TEST_DATABASE_URL);
  const template = `marginal_test_${randomBytes(6).toString('hex')}`;
  const stop = once(() => server.stop(template));
  stopOnSignals(stop);
  try {
    await run(server.url, `CREATE DATABASE ${template}`);
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await stop();
    throw error;
  }
  process.env.MARGINAL_TEST_SERVER = server.url;
  process.env.MARGINAL_TEST_TEMPLATE = template;
  return { stop };
}

function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

interface Server {
  readonly url: string;
  stop(template: string): Promise<void>;
}

async function openServer(given: string | undefined): Promise<Server> {
  if (given) return { url: given, stop: (template) => dropAll(given, template) };
  const parents = temporaryFolders();
  parents.forEach(removeFoldersOfDeadRuns);
  for (const parent of parents.slice(0, -1)) {
    const server = await startIn(parent).catch(() => null);
    if (server) return server;
  }
  return startIn(parents[parents.length - 1]);
}

/** In memory a clone is made in 7 ms, on a slow disk in 300 ms; but containers often have little of it. */
function temporaryFolders(): readonly string[] {
  const memory = '/dev/shm';
  const roomWanted = 2 ** 30;
  const { bavail, bsize } = existsSync(memory) ? statfsSync(memory) : { bavail: 0, bsize: 0 };
  return bavail * bsize >= roomWanted ? [memory, tmpdir()] : [tmpdir()];
}

async function startIn(parent: string): Promise<Server> {
  const dataFolder = join(parent, `marginal-test-${process.pid}`);
  const remove = () => rmSync(dataFolder, { recursive: true, force: true });
  // What a crash would lose does not matter here; what waiting for the disk costs does.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  try {
    const embedded = await startEmbeddedPostgres({ dataFolder, settings });
    return { url: embedded.url, stop: () => embedded.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A run that was killed could not tidy up after itself. */
function removeFoldersOfDeadRuns(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(FOLDER.exec(name)?.[1]);
    if (pid === process.pid || (pid > 0 && !isAlive(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/** Clones that a test left behind too. */
async function dropAll(url: string, template: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [template],
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  await client.end();
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Jest ends on Ctrl-C without its teardown. */
function stopOnSignals(stop: () => Promise<void>): void {
  const exitCodes = { SIGINT: 130, SIGTERM: 143 };
  for (const [signal, code] of Object.entries(exitCodes)) {
    process.once(signal, () => void stop().finally(() => process.exit(code)));
  }
}

function once(effect: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= effect());
}
