// Installs what package-lock.json names, exactly, where node_modules holds anything else.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, 'package-lock.json');
/** npm's own account of what it installed, written last: an install cut short has none. */
const installedFile = join(root, 'node_modules', '.package-lock.json');

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

export function isInstallCurrent() {
  if (!existsSync(installedFile)) return false;
  const installed = packagesOf(installedFile);
  return Object.entries(packagesOf(lockFile)).every(([path, { version, optional }]) => {
    const found = installed[path];
    // Packages for other platforms are not installed.
    return path === '' || (found ? found.version === version : optional === true);
  });
}

export function installPackages() {
  // Install scripts would download Prisma's native engines, which nothing here uses, from a host that closed networks
  // do not reach; the one script that matters (links of PostgreSQL's libraries) is run when PostgreSQL is first used.
  const options = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const { npm_execpath: npm } = process.env;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const done = spawnSync(command, [...first, ...options], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.status !== 0) throw new Error(`npm ci failed:\n${done.stdout ?? ''}${done.stderr ?? done.error}`);
}
