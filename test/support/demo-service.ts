import type { AddressInfo } from 'node:net';
import { Database, seedDemo } from '@app/store';
import { configuration } from '../../apps/api/src/config.js';
import { openApplication } from '../../apps/api/src/service.js';
import { freshDatabase } from './database.js';
import { type Answer, answered, type Call } from './service.js';

/** The whole application, console included, as `npm start` serves it: on the demo, with the demo's keys. */
export interface DemoService {
  /** Of the database, for whoever wants to look or to break something. */
  readonly databaseUrl: string;
  readonly database: Database;
  readonly url: string;
  readonly port: number;
  /** Without a key: demo-risk. */
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** Ends this application and its connections, the database stays; the answer is a new one on the same data. */
  restart(): Promise<DemoService>;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

export async function startDemoService(environment: Environment = {}): Promise<DemoService> {
  const cloned = await freshDatabase();
  const database = await Database.open(cloned.url);
  await seedDemo(database);
  return serve(database, environment, () => cloned.drop());
}

async function serve(database: Database, environment: Environment, drop: () => Promise<void>): Promise<DemoService> {
  const configured = configuration({ PORT: '0', LOG_LEVEL: 'silent', ...environment });
  const app = await openApplication(configured, database, true);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await app.close();
    await database.close();
  };
  return {
    databaseUrl: database.url,
    database,
    url,
    port,
    call: (method, path, call = {}) => answered(`${url}${path}`, method, { key: 'demo-risk', ...call }),
    async restart() {
      await stop();
      return serve(await Database.open(database.url), environment, drop);
    },
    async close() {
      await stop();
      await drop();
    },
  };
}
