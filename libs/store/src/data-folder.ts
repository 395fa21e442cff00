import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where the embedded database lives: `MARGIN_DATA_DIR`, else a folder of the user's state directory.
 * Root's home is closed to others, and PostgreSQL refuses to run as root: root's data is in /var/lib.
 */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { MARGIN_DATA_DIR, XDG_STATE_HOME } = environment;
  if (MARGIN_DATA_DIR) return resolve(MARGIN_DATA_DIR);
  if (XDG_STATE_HOME) return resolve(XDG_STATE_HOME, 'marginal');
  return process.getuid?.() === 0 ? '/var/lib/marginal' : join(homedir(), '.local', 'state', 'marginal');
}
