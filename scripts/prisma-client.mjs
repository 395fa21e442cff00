// Generates the Prisma client where it is missing or older than the schema. Needs no network: see below.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const schema = join(root, 'prisma', 'schema.prisma');
const prisma = join(root, 'node_modules', 'prisma');
const stamp = join(root, 'libs', 'store', 'src', 'generated', '.made-of');

/** What the client is made of: the schema and Prisma's own version. */
function ingredients() {
  const { version } = JSON.parse(readFileSync(join(prisma, 'package.json'), 'utf8'));
  return createHash('sha256').update(version).update(readFileSync(schema)).digest('hex');
}

export function isPrismaClientCurrent() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === ingredients();
}

export function generatePrismaClient() {
  const command = join(prisma, 'build', 'index.js');
  const made = spawnSync(process.execPath, [command, 'generate', '--schema', schema, '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      // Generating never runs the schema engine, but downloads it unless it is told where one is: any program will do.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (made.status !== 0) throw new Error(`prisma generate failed:\n${made.stdout}${made.stderr}`);
  writeFileSync(stamp, ingredients());
}
