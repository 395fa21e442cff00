import {
  BookError,
  commandDatabase,
  Database,
  EmbeddedPostgresError,
  loadBooks,
  MigrationError,
  removeBooks,
  seedDemo,
  SnapshotRepository,
} from '@app/store';
import { command, type GenerateCommand, type RemoveCommand, USAGE, UsageError } from './command.js';
import { ProgressDisplay } from './progress-display.js';

/** Done; refused or failed; a command line that cannot be read. */
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

async function generate(database: Database, asked: GenerateCommand): Promise<string> {
  const snapshotId = asked.snapshotId ?? (await latestId(database));
  const display = new ProgressDisplay(process.stderr, asked.accounts);
  try {
    await loadBooks(database, { ...asked, snapshotId, onProgress: display.show });
  } finally {
    display.stop();
  }
  const what = `${asked.accounts.toLocaleString('en-US')} accounts of ${asked.positions} positions`;
  return `${what} on snapshot ${snapshotId}: ${display.summary()}.`;
}

/** On an embedded database that nobody has started yet, the demo's. */
async function latestId(database: Database): Promise<string> {
  const snapshots = new SnapshotRepository(database);
  if ((await snapshots.latest()) === undefined && !process.env.DATABASE_URL?.trim()) await seedDemo(database);
  const latest = await snapshots.latest();
  if (latest === undefined) throw new BookError('No market snapshot is stored to build on.');
  return latest.id;
}

async function remove(database: Database, { seed }: RemoveCommand): Promise<string> {
  const removed = await removeBooks(database, seed);
  return `${removed.toLocaleString('en-US')} generated accounts removed.`;
}

async function act(asked: GenerateCommand | RemoveCommand): Promise<string> {
  const place = await commandDatabase(process.env);
  try {
    const database = await Database.open(place.url, { connectionsMax: 3, statementTimeoutMilliseconds: 0 });
    try {
      return await (asked.act === 'REMOVE' ? remove(database, asked) : generate(database, asked));
    } finally {
      await database.close();
    }
  } finally {
    await place.close();
  }
}

async function main(): Promise<number> {
  try {
    const asked = command(process.argv.slice(2));
    console.log(asked.act === 'HELP' ? USAGE : await act(asked));
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return EXIT.usage;
    }
    const isKnown = [BookError, EmbeddedPostgresError, MigrationError].some((type) => error instanceof type);
    console.error(isKnown ? (error as Error).message : error);
    return EXIT.refused;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
