import { setTimeout as sleep } from 'node:timers/promises';
import { type RepriceWorker, startWorker } from '../../apps/worker/src/worker.js';
import { documentedService } from '../support/documented-service.js';
import { openStream } from '../support/event-stream.js';
import type { Answer, Call } from '../support/service.js';

const RUNS = '/v1/reprice-runs';
let worker: RepriceWorker;
let total: number;

afterAll(() => worker.close()); // before the service it works for
const documented = documentedService();
const { call } = documented;

beforeAll(async () => {
  const { service } = documented;
  total = (await service.database.pool.query('SELECT FROM accounts')).rowCount!;
  worker = await startWorker({
    url: service.databaseUrl,
    threads: 1,
    onError: (error) => {
      throw error;
    },
  });
});

async function finished(body: object): Promise<string> {
  const { status, json, headers } = await call('POST', RUNS, { body });
  expect([status, headers.get('location')]).toEqual([202, `${RUNS}/${json.id}`]);
  while (!['DONE', 'PARTIAL'].includes((await call('GET', `${RUNS}/${json.id}`)).json.state)) await sleep(25);
  return json.id as string;
}

describe('reprice runs over HTTP', () => {
  let first: string;

  it('answer at once, and tell how far they are', async () => {
    first = await finished({ feed: 'demo', chunkSize: 5 });
    const { json } = await call('GET', `${RUNS}/${first}`);
    expect(json).toMatchObject({
      state: 'PARTIAL',
      scope: 'ALL',
      progress: { accounts: total, done: total, chunks: Math.ceil(total / 5), chunksDone: Math.ceil(total / 5) },
      totals: { accounts: total - 2, deadLetters: 2 },
    });
    const list = await call('GET', `${RUNS}?limit=1`);
    expect(list.json).toMatchObject({ items: [{ id: first }], nextCursor: null });
  });

  it('have results page by page, as JSON and as CSV', async () => {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answer = await call('GET', `${RUNS}/${first}/results?limit=5${cursor && `&cursor=${cursor}`}`);
      ids.push(...page.json.items.map(({ accountId }: { accountId: string }) => accountId));
      cursor = page.json.nextCursor;
    }
    expect(ids).toHaveLength(total - 2);
    expect(ids).toEqual([...ids].sort());
    const deficits = await call('GET', `${RUNS}/${first}/results?deficits=true`);
    const excess = new Map(
      deficits.json.items.map((each: { accountId: string; excess: string }) => [each.accountId, each.excess]),
    );
    expect(excess.get('demo-in-deficit')).toBe('-4735.43');
    expect([...excess.values()].every((text) => String(text).startsWith('-'))).toBe(true);
    const csv = await call('GET', `${RUNS}/${first}/results?limit=2&desk=demo`, {
      headers: { accept: 'text/csv' },
    });
    expect(csv.text.split('\r\n')).toHaveLength(4);
    expect(csv.headers.get('next-cursor')).not.toBeNull();
    const dead = await call('GET', `${RUNS}/${first}/dead-letters`);
    expect(dead.json.items).toMatchObject([
      { accountId: 'demo-stale-symbol', gaps: [{ code: 'price.stale', symbol: 'OLDN' }] },
      { accountId: 'demo-strict-volatility', gaps: [{ code: 'volatility.fallback' }] },
    ]);
  });

  it('are compared with the run before: who crossed into deficit, and why', async () => {
    expect((await call('GET', `${RUNS}/${first}/comparison`)).status).toBe(404);
    const { headers } = await call('GET', '/v1/accounts/demo-long-stock');
    const positions = [{ symbol: 'HLVN', quantity: '3000' }];
    await call('PUT', '/v1/accounts/demo-long-stock/positions', {
      body: { positions, cash: '-600000.00' },
      headers: { 'if-match': headers.get('etag')! },
    });
    const second = await finished({ feed: 'demo' });
    const { json } = await call('GET', `${RUNS}/${second}/comparison`);
    expect(json).toMatchObject({ previousId: first, compared: total - 2, intoDeficit: 1, outOfDeficit: 0 });
    expect(json.newDeficits).toMatchObject([{ accountId: 'demo-long-stock', causes: ['POSITIONS'] }]);
    expect(json.largestChanges).toEqual(json.newDeficits);
    expect(json.totals.deficits - json.previousTotals.deficits).toBe(1);
  });

  it('refuse what contradicts itself, and whoever is not risk', async () => {
    const refused = async (given: Call): Promise<unknown> => {
      const { status, json } = await call('POST', RUNS, given);
      return [status, json.code, json.errors?.map(({ pointer }: { pointer: string }) => pointer)];
    };
    const both = { snapshotId: 'a'.repeat(64), feed: 'demo', desk: 'demo', accountIds: ['demo-empty'] };
    expect(await refused({ body: both })).toEqual([400, 'run.two_scopes', ['/feed', '/accountIds']]);
    expect(await refused({ body: { snapshotId: 'a'.repeat(64) } })).toEqual([404, 'resource.not_found', undefined]);
    expect(await refused({ body: { feed: 'nobody' } })).toEqual([422, 'snapshot.missing', ['']]);
    expect(await refused({ body: {}, key: 'demo-desk' })).toEqual([403, 'auth.forbidden', undefined]);
    for (const path of [`${RUNS}/x`, `${RUNS}/${'0'.repeat(8)}-0000-4000-8000-000000000000`]) {
      expect((await call('GET', path)).status).toBe(404);
    }
    const change = async (state: string): Promise<string> =>
      (await call('PATCH', `${RUNS}/${first}`, { body: { state } })).json.code;
    expect(await change('CANCELLED')).toBe('run.not_under_way');
    expect(await change('REQUESTED')).toBe('run.not_cancelled');
  });
});

describe('schedules', () => {
  it('are made, listed and removed', async () => {
    const body = { name: 'after the close', cron: '30 17 * * 1-5', feed: 'main' };
    const made = await call('POST', '/v1/reprice-schedules', { body });
    expect([made.status, made.json.cron, made.json.tradingDaysOnly]).toEqual([201, body.cron, true]);
    expect((await call('POST', '/v1/reprice-schedules', { body })).json.code).toBe('schedule.exists');
    const wrong = await call('POST', '/v1/reprice-schedules', { body: { ...body, cron: '@daily' } });
    expect(wrong.json.errors).toMatchObject([{ pointer: '/cron' }]);
    expect((await call('GET', '/v1/reprice-schedules')).json.items).toEqual([made.json]);
    const removed = (name: string): Promise<Answer> =>
      call('POST', `/v1/reprice-schedules/${made.json.id}/remove`, { body: { name } });
    expect((await removed('another')).status).toBe(404);
    expect((await removed(body.name)).json).toEqual(made.json);
    expect((await removed(body.name)).status).toBe(404);
  });
});

describe('live streams', () => {
  const stream = (path: string, lastEventId?: number, key = 'demo-risk') =>
    openStream(`${documented.service.url}${path}`, key, lastEventId);

  it('tell a run from its beginning, and go on where a reader was', async () => {
    const { json } = await call('POST', RUNS, { body: { feed: 'demo', chunkSize: 1 } });
    const whole = await stream(`${RUNS}/${json.id}/events`);
    await whole.until(({ data }) => data.state === 'PARTIAL');
    whole.close();
    const told = whole.events.filter(({ name }) => name !== 'bookmark');
    expect(told.flatMap(({ data }) => data.state ?? [])).toEqual(['REQUESTED', 'PREPARING', 'RUNNING', 'PARTIAL']);
    expect(told.filter(({ name }) => name === 'results')).toHaveLength(total);
    expect(told.map(({ id }) => id)).toEqual(told.map(({ id }) => id).sort((a, b) => a - b));
    const middle = told[7].id;
    const rest = await stream(`${RUNS}/${json.id}/events`, middle);
    await rest.until(({ name }) => name === 'bookmark');
    rest.close();
    expect(rest.events.filter(({ name }) => name !== 'bookmark')).toEqual(told.filter(({ id }) => id > middle));
  });

  it('give an account its latest margin, then each new one', async () => {
    const path = '/v1/accounts/demo-empty/margin/stream';
    const live = await stream(path, undefined, 'demo-desk');
    await live.until(({ name }) => name === 'bookmark');
    expect(live.events[0]).toMatchObject({ name: 'margin', data: { accountId: 'demo-empty', excess: '250000.00' } });
    const run = await finished({ feed: 'demo', chunkSize: 3 });
    await live.until(({ data }) => data.runId === run);
    live.close();
    expect(live.events.filter(({ name }) => name === 'margin')).toHaveLength(2);
  });

  it('give a desk its accounts only', async () => {
    const live = await stream('/v1/desks/other/margin/stream');
    await live.until(({ name }) => name === 'bookmark');
    const run = await finished({ feed: 'demo' });
    await live.until(({ data }) => data.runId === run);
    live.close();
    const accounts = live.events.filter(({ name }) => name === 'margins').map(({ data }) => data.accounts);
    expect(accounts).toMatchObject([[{ accountId: 'demo-other-desk' }]]);
  });

  it('are refused before they begin', async () => {
    const status = async (path: string, given: Call): Promise<number> => (await call('GET', path, given)).status;
    expect(await status('/v1/accounts/nobody/margin/stream', {})).toBe(404);
    expect(await status('/v1/accounts/demo-other-desk/margin/stream', { key: 'demo-desk' })).toBe(404);
    expect(await status('/v1/desks/other/margin/stream', { key: 'demo-desk' })).toBe(404);
    expect(await status('/v1/desks/demo/margin/stream', { headers: { 'last-event-id': 'x' } })).toBe(400);
    expect(await status(`${RUNS}/x/events`, {})).toBe(404);
  });
});
