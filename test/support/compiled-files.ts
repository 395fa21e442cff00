import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Whether what is compiled is what is written: `npm test` sees to it first. */
export function isBuildCurrent(): boolean {
  const script = `import { isBuildCurrent } from './scripts/compiled-files.mjs'; process.exit(isBuildCurrent() ? 0 : 1);`;
  const asked = ['--input-type=module', '--eval', script];
  return existsSync(join(ROOT, 'dist')) && spawnSync(process.execPath, asked, { cwd: ROOT }).status === 0;
}
