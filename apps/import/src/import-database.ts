import { dataFolder, migrate, runningPostgresUrl, startEmbeddedPostgres } from '@app/store';

export interface ImportDatabase {
  readonly url: string;
  /** Ends what was started for the import, and nothing else. */
  close(): Promise<void>;
}

/** A PostgreSQL of the user's own, else the embedded one: the server that is running already, or one for now. Migrated. */
export async function importDatabase(environment: NodeJS.ProcessEnv): Promise<ImportDatabase> {
  const url = environment.DATABASE_URL?.trim() || runningPostgresUrl(dataFolder(environment));
  if (url) {
    await migrate(url);
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
