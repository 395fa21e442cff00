import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import {
  commandDatabase,
  EmbeddedPostgresError,
  importSnapshot,
  MigrationError,
  snapshotFiles,
  SnapshotImportError,
} from '@app/store';
import { type Command, command, USAGE, UsageError } from './command.js';
import { ProgressDisplay } from './progress-display.js';
import { summary } from './summary.js';

/** Stored or already there; refused whole; a command line that cannot be read. */
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

async function load({ folder, reportFile, ...options }: Command): Promise<void> {
  const files = snapshotFiles(folder);
  const database = await commandDatabase(process.env);
  try {
    const begin = performance.now();
    const display = new ProgressDisplay(process.stderr);
    const outcome = await importSnapshot(database, files, { ...options, onProgress: display.show });
    const seconds = (performance.now() - begin) / 1_000 - (outcome.copySeconds ?? 0);
    if (reportFile !== undefined) writeFileSync(reportFile, `${JSON.stringify(outcome, null, 2)}\n`);
    process.stdout.write(`\n${summary(outcome, options.feed, seconds)}`);
  } finally {
    await database.close();
  }
}

async function main(): Promise<number> {
  try {
    const asked = command(process.argv.slice(2));
    if (asked === undefined) console.log(USAGE);
    else await load(asked);
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return EXIT.usage;
    }
    const isKnown = [SnapshotImportError, EmbeddedPostgresError, MigrationError].some((type) => error instanceof type);
    console.error(isKnown ? `Refused, nothing was stored: ${(error as Error).message}` : error);
    return EXIT.refused;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
