import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { hasEnded, isAlive, mayServe, ownerPid, postmaster } from './postmaster.js';
import { postgresPrograms } from './postgres-programs.js';
import { startServer, type PostgresServer } from './postgres-server.js';
import { serverAccount, type ServerAccount } from './server-account.js';

export interface EmbeddedPostgresOptions {
  /** Made where it is missing, and used again by the next start. */
  readonly dataFolder: string;
  /** Server settings beside the defaults, `fsync` for one. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Connection string of the database. */
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Ends the server in order; further calls do nothing. */
  stop(): Promise<void>;
}

const USER = 'marginal';
const DATABASE = 'marginal';

/**
 * Starts PostgreSQL on a free port of 127.0.0.1, with its data in the folder. One process owns a folder: while it
 * lives, others are refused; once it is dead, however it died, its server is ended and the next start takes over.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.dataFolder);
  const account = serverAccount();
  makeFolder(folder, account);
  const directory = join(folder, 'postgres');
  await takeOver(directory, folder);

  const programs = postgresPrograms(account, folder);
  const passwordFile = join(folder, 'postgres-password');
  if (!existsSync(directory)) initialise(programs.initdb, directory, passwordFile, account);
  const password = readFileSync(passwordFile, 'utf8').trim();

  const server = await startServer({ ...programs, directory, folder, account, settings: options.settings ?? {} });
  const urlOf = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${server.port}/${database}`;
  await createDatabase(urlOf('postgres'), server);
  return { url: urlOf(DATABASE), pid: server.pid, stop: () => server.stop() };
}

/** Parents are made open to others: the server's account must be able to pass through them. */
function makeFolder(folder: string, account: ServerAccount): void {
  const umask = process.umask(0o022);
  try {
    mkdirSync(folder, { recursive: true });
  } finally {
    process.umask(umask);
  }
  const entered = spawnSync('sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/' });
  if (entered.status === 0) return;
  throw new EmbeddedPostgresError(
    `The system account that PostgreSQL runs under may not enter ${folder}: choose another folder with MARGIN_DATA_DIR.`,
  );
}

async function takeOver(directory: string, folder: string): Promise<void> {
  const last = postmaster(directory);
  // PostgreSQL itself recovers from a file left by a server that is dead.
  if (!last || !isAlive(last.pid)) return;
  if (!mayServe(last.pid, directory)) return rmSync(join(directory, 'postmaster.pid'), { force: true });

  const owner = ownerPid(directory);
  if (owner === null || isAlive(owner)) {
    throw new EmbeddedPostgresError(
      `${folder} is in use by process ${owner ?? last.pid}: stop it first, or choose another folder with MARGIN_DATA_DIR.`,
    );
  }
  process.kill(last.pid, 'SIGINT');
  if (await hasEnded(last.pid, 15_000)) return;
  throw new EmbeddedPostgresError(
    `The server that a dead process left in ${folder} (process ${last.pid}) does not end.`,
  );
}

/** A cluster cut short is not taken for a whole one: it gets its name last. */
function initialise(initdb: string, directory: string, passwordFile: string, account: ServerAccount): void {
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  mkdirSync(unfinished, { mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [passwordFile, unfinished]) chownSync(path, account.uid, account.gid);
  }
  // The builtin C.UTF-8 sorts alike on every machine and needs no locale installed.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const made = spawnSync(initdb, [`--pgdata=${unfinished}`, '--no-instructions', ...login, ...locale], {
    ...account,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    encoding: 'utf8',
  });
  if (made.status !== 0) {
    throw new EmbeddedPostgresError(`PostgreSQL could not be set up in ${directory}: ${made.stderr || made.error}`);
  }
  renameSync(unfinished, directory);
}

async function createDatabase(url: string, server: PostgresServer): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await client.end();
  }
}
