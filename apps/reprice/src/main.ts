import { commandDatabase, Database, EmbeddedPostgresError, MigrationError } from '@app/store';
import { startWorker } from '../../worker/src/worker.js';
import { command, type RepriceCommand, USAGE, UsageError } from './command.js';
import { ProgressDisplay } from './progress-display.js';
import { NoSnapshotError, reprice } from './reprice.js';
import { summary } from './summary.js';

/** All done; failed; a command line that cannot be read; some accounts could not be margined. */
const EXIT = { done: 0, failed: 1, usage: 2, partial: 3 } as const;

async function act(asked: RepriceCommand): Promise<number> {
  const place = await commandDatabase(process.env);
  const database = await Database.open(place.url, { connectionsMax: 3, statementTimeoutMilliseconds: 0 });
  const display = new ProgressDisplay(process.stderr);
  const onError = (error: Error): void => console.error(error.message);
  const ownerUrl = process.env.DATABASE_OWNER_URL?.trim() || undefined;
  const { threads } = asked;
  const worker = threads === 0 ? null : await startWorker({ url: place.url, ownerUrl, threads, onError });
  try {
    const compared = await reprice(database, asked, display);
    display.stop();
    process.stdout.write(`\n${summary(compared)}`);
    const { state } = compared.run;
    return state === 'DONE' ? EXIT.done : state === 'PARTIAL' ? EXIT.partial : EXIT.failed;
  } finally {
    display.stop();
    await worker?.close();
    await database.close();
    await place.close();
  }
}

async function main(): Promise<number> {
  try {
    const asked = command(process.argv.slice(2));
    if (asked !== undefined) return await act(asked);
    console.log(USAGE);
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return EXIT.usage;
    }
    const isKnown = [NoSnapshotError, EmbeddedPostgresError, MigrationError].some((type) => error instanceof type);
    console.error(isKnown ? (error as Error).message : error);
    return EXIT.failed;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
