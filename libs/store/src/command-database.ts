import { dataFolder } from './data-folder.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { migrate } from './migrate.js';
import { runningPostgresUrl } from './running-postgres.js';

export interface CommandDatabase {
  readonly url: string;
  /** Ends what was started for the command, and nothing else. */
  close(): Promise<void>;
}

/**
 * Where a command of its own works: a PostgreSQL of the user's own, else the embedded one, the server that is running
 * already or one for now. Migrated.
 */
export async function commandDatabase(environment: NodeJS.ProcessEnv): Promise<CommandDatabase> {
  const url = environment.DATABASE_URL?.trim() || runningPostgresUrl(dataFolder(environment));
  if (url) {
    await migrate(environment.DATABASE_OWNER_URL?.trim() || url);
    return { url, close: () => Promise.resolve() };
  }
  const embedded = await startEmbeddedPostgres({ dataFolder: dataFolder(environment) });
  try {
    await migrate(embedded.url);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  return { url: embedded.url, close: () => embedded.stop() };
}
