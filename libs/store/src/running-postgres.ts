import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAlive, mayServe, postmaster } from './postmaster.js';

/**
 * Connection string of the embedded database that another process has running in a data folder, to be used beside it;
 * undefined where none accepts connections.
 */
export function runningPostgresUrl(dataFolder: string): string | undefined {
  const folder = resolve(dataFolder);
  const directory = join(folder, 'postgres');
  const server = postmaster(directory);
  if (!server?.ready || !isAlive(server.pid) || !mayServe(server.pid, directory)) return undefined;
  // The fourth line of the file is the port.
  const port = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[3].trim();
  const password = readFileSync(join(folder, 'postgres-password'), 'utf8').trim();
  return `postgresql://marginal:${password}@127.0.0.1:${port}/marginal`;
}
