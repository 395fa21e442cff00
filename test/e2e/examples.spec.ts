import { DEMO_EXAMPLES } from '../../apps/api/src/console/demo-examples.js';
import { RESERVATION_EXAMPLES } from '../../apps/api/src/console/reservation-examples.js';
import { documentedService } from '../support/documented-service.js';
import type { Call } from '../support/service.js';

type Fault = Readonly<Record<'pointer' | 'code', string>>;

describe('what the document says, the demo answers', () => {
  const documented = documentedService();
  const problem = async (status: number, method: string, path: string, call?: Call): Promise<string> => {
    const answer = await documented.call(method, path, call);
    expect([path, answer.status]).toEqual([path, status]);
    expect(answer.headers.get('x-request-id')).toBe(answer.json.requestId);
    return answer.json.code;
  };

  describe('examples', () => {
    it.each(DEMO_EXAMPLES.map((each) => [each.name, each] as const))('%s', async (_, example) => {
      const { accountId, request, expected } = example;
      const path = accountId === null ? '/v1/what-if' : `/v1/accounts/${accountId}/what-if`;
      const { status, json } = await documented.call('POST', path, { key: 'demo-desk', body: request });
      const { decision, riskReducing, code } = json;
      const errors = json.errors?.map((error: Fault) => [error.code, error.pointer]);
      expect(status === 200 ? { status, decision, riskReducing } : { status, code, errors }).toEqual(expected);
    });

    it('are at least eight, and every one in the document is one of them as printed', () => {
      const printed = ['/v1/accounts/{accountId}/what-if', '/v1/what-if'].flatMap((path) =>
        Object.entries<{ value: unknown }>(
          documented.api.document.paths[path].post.requestBody.content['application/json'].examples,
        ),
      );
      expect(printed.length).toBeGreaterThanOrEqual(8);
      expect(printed.map(([name, { value }]) => [name, value])).toEqual(
        expect.arrayContaining(DEMO_EXAMPLES.map(({ name, request }) => [name, request])),
      );
      expect(printed).toHaveLength(DEMO_EXAMPLES.length);
    });

    it.each(RESERVATION_EXAMPLES.map((each) => [each.name, each] as const))('%s', async (_, example) => {
      const { accountId, request: body, expected } = example;
      const path = `/v1/accounts/${accountId}/reservations`;
      const { status, json } = await documented.call('POST', path, { key: 'demo-desk', body });
      expect({ status, decision: json.decision, held: json.held }).toEqual(expected);
    });

    it('of risk arrays are answered as printed', async () => {
      const { examples } =
        documented.api.document.paths['/v1/risk-arrays'].post.requestBody.content['application/json'];
      for (const { value } of Object.values<{ value: unknown }>(examples)) {
        expect((await documented.call('POST', '/v1/risk-arrays', { key: 'demo-desk', body: value })).status).toBe(200);
      }
    });

    it('of a market snapshot is stored as printed, once', async () => {
      const { example } =
        documented.api.document.paths['/v1/market-snapshots'].post.requestBody.content['application/json'];
      const first = await documented.call('POST', '/v1/market-snapshots', { body: example });
      const again = await documented.call('POST', '/v1/market-snapshots', { body: example });
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.json).toEqual(first.json);
    });
  });

  describe('replies', () => {
    it('what-ifs, with every part asked for, and found again', async () => {
      const body = { orders: [], include: ['classGroups', 'scenarios', 'positions', 'regulatory'] };
      const { json } = await documented.call('POST', '/v1/accounts/demo-market-maker/what-if', { body });
      expect(json.positions.length).toBeGreaterThan(60);
      await documented.call('GET', `/v1/what-ifs/${json.id}`);
      await documented.call('POST', '/v1/accounts/demo-in-deficit/what-if', { body });
    });

    it('risk arrays on the latest snapshot', async () => {
      const { json } = await documented.call('POST', '/v1/risk-arrays', { body: { symbols: ['MDX', 'HLVN'] } });
      expect(json.arrays).toHaveLength(2);
    });

    it('accounts: list, page by page', async () => {
      const ids: string[] = [];
      for (let cursor = ''; cursor !== null;) {
        const path = `/v1/accounts?limit=4${cursor && `&cursor=${cursor}`}`;
        const { json } = await documented.call('GET', path);
        ids.push(...json.items.map(({ id }: { id: string }) => id));
        cursor = json.nextCursor;
      }
      expect(ids).toContain('demo-other-desk');
      expect(ids).toEqual([...new Set(ids)].sort());
      const own = await documented.call('GET', '/v1/accounts', { key: 'demo-desk' });
      expect(own.json.items.map(({ id }: { id: string }) => id)).toEqual(ids.filter((id) => id !== 'demo-other-desk'));
    });

    it('accounts: opened, found, replaced, margined', async () => {
      const opened = await documented.call('POST', '/v1/accounts', {
        body: {
          ...{ id: 'e2e-1', name: 'Fund', desk: 'demo', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN' },
          ...{ cash: 100000, feed: 'demo', positions: [{ symbol: 'HLVN', quantity: 100 }] },
        },
      });
      expect(opened.status).toBe(201);
      expect((await documented.call('GET', '/v1/accounts/e2e-1')).json).toMatchObject({
        cash: '100000.00',
        version: 1,
      });
      const replaced = await documented.call('PUT', '/v1/accounts/e2e-1/positions', {
        headers: { 'if-match': '"1"' },
        body: { positions: [{ symbol: 'HLVN260717C00225000', quantity: '-1' }], cash: '100000.125' },
      });
      expect([replaced.status, replaced.headers.get('etag')]).toEqual([200, '"2"']);
      const held = await documented.call('GET', '/v1/accounts/e2e-1/positions');
      expect(held.json.positions).toEqual([{ symbol: 'HLVN  260717C00225000', quantity: '-1' }]);
      const csv = await documented.call('GET', '/v1/accounts/e2e-1/positions', { headers: { accept: 'text/csv' } });
      expect(csv.text).toBe('symbol,quantity\r\nHLVN  260717C00225000,-1\r\n');
      const taken = await documented.call('PUT', '/v1/accounts/e2e-1/positions', {
        headers: { 'if-match': '"2"', 'content-type': 'text/csv' },
        body: csv.text,
      });
      expect([taken.status, taken.json.version, taken.json.cash]).toEqual([200, 3, '100000.125']);
      expect((await documented.call('GET', '/v1/accounts/e2e-1/margin')).json.provenance.positionsVersion).toBe('3');
    });

    it('market snapshots: list and get', async () => {
      const { json } = await documented.call('GET', '/v1/market-snapshots?feed=demo');
      const found = await documented.call('GET', `/v1/market-snapshots/${json.items[0].id}`, { key: 'demo-desk' });
      expect(found.json).toMatchObject({ ...json.items[0], report: { flaggedContracts: json.items[0].flagged } });
    });

    it('health', async () => {
      for (const state of ['live', 'ready']) {
        expect((await documented.call('GET', `/health/${state}`)).json).toEqual({ status: state });
      }
    });
  });

  describe('problems', () => {
    const WHAT_IF = '/v1/accounts/demo-empty/what-if';

    it('400', async () => {
      expect(await problem(400, 'POST', WHAT_IF, { body: '{' })).toBe('json.syntax');
      expect(await problem(400, 'POST', '/v1/what-if', { body: {} })).toBe('request.invalid');
      expect(await problem(400, 'POST', '/v1/risk-arrays', { body: {} })).toBe('request.invalid');
      expect(await problem(400, 'POST', '/v1/accounts', { body: {} })).toBe('request.invalid');
      expect(await problem(400, 'GET', '/v1/accounts?limit=0')).toBe('request.invalid');
      expect(await problem(400, 'POST', '/v1/market-snapshots', { body: {} })).toBe('request.invalid');
    });

    it('401 wherever a key is asked for, 403 where the role is another', async () => {
      for (const [path, item] of Object.entries<object>(documented.api.document.paths)) {
        if (path.startsWith('/health')) continue;
        for (const method of Object.keys(item).map((each) => each.toUpperCase())) {
          expect(await problem(401, method, path, { key: 'nobody' })).toBe('auth.unauthenticated');
        }
      }
      for (const [method, path] of [
        ['POST', '/v1/accounts'],
        ['PUT', '/v1/accounts/demo-empty/positions'],
        ['POST', '/v1/market-snapshots'],
      ] as const) {
        expect(await problem(403, method, path, { key: 'demo-desk', body: {} })).toBe('auth.forbidden');
      }
    });

    it('404, 409, 412, 413, 415, 422, 428', async () => {
      const body = { orders: [] };
      expect(await problem(404, 'POST', '/v1/accounts/none/what-if', { body })).toBe('resource.not_found');
      const taken = {
        ...{ id: 'demo-empty', name: 'x', desk: 'x', type: 'CUSTOMER', methodology: 'REG_T', cash: '0' },
      };
      expect(await problem(409, 'POST', '/v1/accounts', { body: taken })).toBe('account.exists');
      const put = (tag: string) =>
        [
          'PUT',
          '/v1/accounts/demo-empty/positions',
          { headers: { 'if-match': tag }, body: { positions: [] } },
        ] as const;
      expect(await problem(412, ...put('"99"'))).toBe('precondition.failed');
      expect(await problem(428, ...put('*'))).toBe('precondition.required');
      expect(await problem(413, 'POST', WHAT_IF, { body: ' '.repeat(20_000_000) })).toBe('body.too_large');
      const headers = { 'content-type': 'text/plain' };
      expect(await problem(415, 'POST', WHAT_IF, { body: 'x', headers })).toBe('body.unsupported_media_type');
      expect(await problem(422, 'GET', '/v1/accounts/demo-stale-symbol/margin')).toBe('margin.not_computable');
    });
  });
});
