import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type INestApplication, Logger } from '@nestjs/common';
import {
  ApiKeyRepository,
  Database,
  dataFolder,
  migrate,
  seedDemo,
  SnapshotRepository,
  startEmbeddedPostgres,
} from '@app/store';
import { AppModule } from './app.module.js';
import { createApplication } from './application.js';
import { KeyCache } from './auth/key-cache.js';
import { KEY_STORE } from './auth/key-store.js';
import type { Configuration } from './config.js';
import { startDemoWorker } from './demo-worker.js';
import { mountConsole } from './console/console.js';
import { directLane } from './direct-lane.js';
import { READINESS } from './health/readiness.js';
import { storeReadiness } from './health/store-readiness.js';
import type { BoundedExpressAdapter } from './http-server.js';
import { RequestMetrics } from './metrics/request-metrics.js';
import { directWhatIfs } from './what-if/direct-what-ifs.js';
import { StoredWhatIfs } from './what-if/stored-what-ifs.js';

/** The running service. */
export interface Service {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Folder of the embedded database; null with a database of the user's own. */
  readonly dataFolder: string | null;
  /** Stops accepting, finishes what is being answered, closes the database. */
  close(): Promise<void>;
}

/** Told of every step that can take a while. */
export type Progress = (step: string) => void;

/** Everything from nothing to listening: database, migrations, on the embedded database the demo, HTTP. */
export async function startService(configuration: Configuration, progress: Progress): Promise<Service> {
  const { databaseUrl } = configuration;
  if (databaseUrl !== null) {
    return serve(configuration, databaseUrl, { demo: false, folder: null, stop: () => Promise.resolve() }, progress);
  }
  const folder = configuration.dataDirectory ?? dataFolder();
  progress(`starting the embedded PostgreSQL in ${folder}`);
  const postgres = await startEmbeddedPostgres({ dataFolder: folder });
  try {
    return await serve(configuration, postgres.url, { demo: true, folder, stop: () => postgres.stop() }, progress);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

interface Backing {
  /** Seed the demo and its keys. */
  readonly demo: boolean;
  readonly folder: string | null;
  stop(): Promise<void>;
}

async function serve(
  configuration: Configuration,
  url: string,
  backing: Backing,
  progress: Progress,
): Promise<Service> {
  progress('migrating the database');
  await migrate(configuration.databaseOwnerUrl ?? url);
  const onConnectionLost = (error: Error) => Logger.warn(`a database connection broke: ${error.message}`, 'Database');
  const database = await Database.open(url, { onConnectionLost });
  try {
    if (backing.demo) {
      progress('seeding the demo');
      await seedDemo(database);
    }
    const app = await openApplication(configuration, database, backing.demo);
    await app.listen(configuration.port, configuration.host);
    const worker = backing.demo ? startDemoWorker(url) : null;
    return {
      url: listeningUrl(app, configuration.host),
      dataFolder: backing.folder,
      async close() {
        await app.close();
        await worker?.close();
        await database.close();
        await backing.stop();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The application on an open database, console included, not yet listening. */
export async function openApplication(
  configuration: Configuration,
  database: Database,
  demo: boolean,
): Promise<INestApplication<Server>> {
  const { maxSnapshotAgeHours } = configuration;
  const app = await createApplication({
    configuration,
    features: AppModule.on(database, { maxSnapshotAgeHours, now: () => Date.now() }),
    providers: [
      { provide: KEY_STORE, useValue: new ApiKeyRepository(database) },
      { provide: READINESS, useValue: storeReadiness(database, new SnapshotRepository(database)) },
    ],
  });
  mountConsole(app, demo);
  const whatIfs = directWhatIfs(app.get(StoredWhatIfs, { strict: false }));
  const adapter = app.getHttpAdapter() as BoundedExpressAdapter;
  adapter.answerFirst((next) => directLane(whatIfs, app.get(KeyCache), app.get(RequestMetrics), next));
  return app;
}

function listeningUrl(app: INestApplication<Server>, host: string): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
