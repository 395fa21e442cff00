import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Global, type INestApplication, Module, type Type } from '@nestjs/common';
import { ApiKeyRepository, Database } from '@app/store';
import { createApplication } from '../../apps/api/src/application.js';
import { KEY_STORE } from '../../apps/api/src/auth/key-store.js';
import { configuration } from '../../apps/api/src/config.js';
import { READINESS } from '../../apps/api/src/health/readiness.js';
import { StoreModule } from '../../apps/api/src/store.module.js';
import { MARKET_CLOCK } from '../../apps/api/src/what-if/market-clock.js';
import { freshDatabase } from './database.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the answer is not JSON. */
  readonly json: ReturnType<typeof JSON.parse>;
}

export interface Call {
  readonly key?: string;
  /** A text goes as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestService {
  readonly database: Database;
  call(method: string, path: string, call?: Call): Promise<Answer>;
  close(): Promise<void>;
}

/** Keys: `risk`, `admin`, and `north` and `south` for a desk each. The clock stands at `now`; a day is the oldest snapshot. */
export async function startTestService(features: readonly Type[], now: string): Promise<TestService> {
  const cloned = await freshDatabase();
  const database = await Database.open(cloned.url);
  const keys = new ApiKeyRepository(database);
  await keys.save('risk', { name: 'risk', role: 'RISK', desk: null });
  await keys.save('admin', { name: 'admin', role: 'ADMIN', desk: null });
  for (const desk of ['north', 'south']) await keys.save(desk, { name: desk, role: 'DESK', desk });
  const app = await openApplication(database, features, now);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    database,
    call: (method, path, call = {}) => answered(`http://127.0.0.1:${port}${path}`, method, call),
    async close() {
      await app.close();
      await database.close();
      await cloned.drop();
    },
  };
}

function openApplication(
  database: Database,
  features: readonly Type[],
  now: string,
): Promise<INestApplication<Server>> {
  const clock = { maxSnapshotAgeHours: 24, now: () => Date.parse(now) };
  @Global()
  @Module({ providers: [{ provide: MARKET_CLOCK, useValue: clock }], exports: [MARKET_CLOCK] })
  class ClockModule {}
  class Features {}
  return createApplication({
    configuration: configuration({ PORT: '0', LOG_LEVEL: 'silent' }),
    features: { module: Features, imports: [StoreModule.of(database), ClockModule, ...features] },
    providers: [
      { provide: KEY_STORE, useValue: new ApiKeyRepository(database) },
      { provide: READINESS, useValue: { gaps: () => Promise.resolve([]) } },
    ],
  });
}

/** One call. Without a key: as role risk of {@link startTestService}. */
export async function answered(url: string, method: string, call: Call = {}): Promise<Answer> {
  const { key = 'risk', body, headers } = call;
  const isText = typeof body === 'string';
  const reply = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const isJson = reply.headers.get('content-type')?.includes('json') ?? false;
  return { status: reply.status, headers: reply.headers, text, json: isJson ? JSON.parse(text) : undefined };
}
