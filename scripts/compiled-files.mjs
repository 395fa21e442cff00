// Compiles the applications and libraries into dist/ where they changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.made-of');

function sourceFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name) && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Contents, not times: a checkout touches every file and changes few. */
function ingredients() {
  const settings = ['tsconfig.json', 'nest-cli.json', 'package-lock.json'].map((name) => join(root, name));
  const hash = createHash('sha256');
  for (const file of [...settings, ...sourceFiles('apps'), ...sourceFiles('libs')]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

export function isBuildCurrent() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === ingredients();
}

export function build() {
  const madeOf = ingredients();
  rmSync(dist, { recursive: true, force: true });
  const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  // All at once: a project built alone would leave those it uses as they were.
  const done = spawnSync(process.execPath, [nest, 'build', '--all'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.status !== 0) throw new Error(`nest build failed:\n${done.stdout ?? ''}${done.stderr ?? done.error}`);
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, madeOf);
}
