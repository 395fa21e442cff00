import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { ServerAccount } from './server-account.js';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The server's programs, from the package of this platform. Where the account PostgreSQL runs under may not enter the
 * package's folder (a clone in root's home), they are copied beside the data, once per version.
 */
export function postgresPrograms(account: ServerAccount, dataFolder: string): PostgresPrograms {
  const home = packageFolder();
  linkLibraries(home);
  const inPackage = programsIn(join(home, 'native'));
  if (runs(inPackage.postgres, account)) return inPackage;

  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const copy = join(dataFolder, `postgresql-${version}`);
  if (!existsSync(copy)) copyWhole(join(home, 'native'), copy);
  const copied = programsIn(copy);
  if (runs(copied.postgres, account)) return copied;
  throw new EmbeddedPostgresError(
    `PostgreSQL's programs run neither from ${home} nor from ${copy}: ` +
      'choose another folder with MARGIN_DATA_DIR, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function packageFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, not ours: it is looked up from there.
    const fromEmbedded = createRequire(require.resolve('embedded-postgres'));
    return dirname(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}`)));
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** An install that skips scripts leaves the libraries' links unmade; the package's own script makes them. */
function linkLibraries(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly target: string }[];
  if (links.every(({ target }) => existsSync(join(home, target)))) return;
  spawnSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home });
}

/** A copy cut short is not taken for a whole one: it gets its name last. */
function copyWhole(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, to);
}

function programsIn(folder: string): PostgresPrograms {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function runs(program: string, account: ServerAccount): boolean {
  return spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}
