import { spawnSync } from 'node:child_process';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** The system account PostgreSQL runs under; empty is the one this process runs under. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

const NAME = 'postgres';

/** PostgreSQL refuses to run as root: root runs it as `postgres`, which is made where it is missing. */
export function serverAccount(): ServerAccount {
  if (process.getuid?.() !== 0) return {};
  return existingAccount() ?? createdAccount();
}

function existingAccount(): ServerAccount | null {
  const uid = systemId('-u');
  const gid = systemId('-g');
  return uid === null || gid === null ? null : { uid, gid };
}

function createdAccount(): ServerAccount {
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', NAME]);
  const account = made.status === 0 ? existingAccount() : null;
  if (account) return account;
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the system account "${NAME}" could not be made: ` +
      'start as another user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function systemId(flag: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [flag, NAME], { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout, 10) : null;
}
