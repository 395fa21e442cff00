import { storeSmallMarket } from '../../../../test/support/small-market.js';
import { type Answer, startTestService, type TestService } from '../../../../test/support/service.js';
import { AccountsModule } from './accounts.module.js';

const CALL = 'IBM   070421C00100000';
const ACCOUNT = {
  id: 'A-1',
  name: 'One',
  desk: 'north',
  type: 'CUSTOMER',
  methodology: 'PORTFOLIO_MARGIN',
  cash: '250000.00',
};
/** An item of a reply's list. */
type Line = Readonly<Record<string, string>>;

const CSV = { 'content-type': 'text/csv' };

describe('accounts over HTTP', () => {
  let service: TestService;
  const call: TestService['call'] = (...args) => service.call(...args);

  beforeAll(async () => {
    service = await startTestService([AccountsModule], '2007-02-24T12:00:00.000Z');
    await storeSmallMarket(service.database, { id: 'a'.repeat(64), asOf: '2007-02-23T21:00:00.000Z', feed: 'cboe' });
    await storeSmallMarket(service.database, { id: 'b'.repeat(64), asOf: '2007-02-20T21:00:00.000Z', feed: 'old' });
  });
  afterAll(() => service.close());

  const opened = async (id: string, extra: object = {}): Promise<Answer> => {
    const answer = await call('POST', '/v1/accounts', { body: { ...ACCOUNT, id, ...extra } });
    expect(answer.status).toBe(201);
    return answer;
  };
  const pointers = ({ json }: Answer): string[] => json.errors.map((each: { pointer: string }) => each.pointer);

  describe('opening', () => {
    it('answers what was stored, where it is and its version', async () => {
      const { headers, json } = await opened('open-1', {
        cash: '-0.0000000001',
        positions: [{ symbol: 'NOPE', quantity: 5 }],
      });
      expect(headers.get('location')).toBe('/v1/accounts/open-1');
      expect(headers.get('etag')).toBe('"1"');
      expect(json).toMatchObject({
        id: 'open-1',
        name: 'One',
        desk: 'north',
        type: 'CUSTOMER',
        methodology: 'PORTFOLIO_MARGIN',
        cash: '-0.0000000001',
        strictVolatility: false,
        feed: null,
        version: 1,
        unpriced: ['NOPE'],
      });
      const { unpriced: _, ...account } = json;
      expect((await call('GET', '/v1/accounts/open-1')).json).toEqual(account);
    });

    it.each(['250000.00', '999999999999999999.9999999999', '-999999999999999999.9999999999', '0.00'])(
      'gives the cash %s back exactly',
      async (cash) => {
        const id = `cash${cash.replace('-', 'm')}`;
        expect((await opened(id, { cash })).json.cash).toBe(cash);
      },
    );

    it('refuses portfolio margin for an IRA and says why', async () => {
      const { status, json } = await call('POST', '/v1/accounts', { body: { ...ACCOUNT, id: 'ira-1', type: 'IRA' } });
      expect(status).toBe(422);
      expect(json).toMatchObject({ code: 'account.ira_portfolio_margin', errors: [{ pointer: '/methodology' }] });
      expect(json.detail).toContain('Individual Retirement Accounts');
      expect((await call('GET', '/v1/accounts/ira-1')).status).toBe(404);
      await opened('ira-2', { type: 'IRA', methodology: 'REG_T' });
    });

    it('refuses an id that is taken', async () => {
      await opened('taken');
      const { status, json } = await call('POST', '/v1/accounts', { body: { ...ACCOUNT, id: 'taken', name: 'Two' } });
      expect(status).toBe(409);
      expect(json.code).toBe('account.exists');
      expect((await call('GET', '/v1/accounts/taken')).json.name).toBe('One');
    });

    it('lets one of two through that ask for one id at once', async () => {
      const both = ['one', 'two'].map((name) =>
        call('POST', '/v1/accounts', { body: { ...ACCOUNT, id: 'race', name } }),
      );
      expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([201, 409]);
    });

    it('is for risk and admin', async () => {
      const { status } = await call('POST', '/v1/accounts', { key: 'north', body: { ...ACCOUNT, id: 'desks-own' } });
      expect(status).toBe(403);
      expect((await call('POST', '/v1/accounts', { key: 'admin', body: { ...ACCOUNT, id: 'admins' } })).status).toBe(
        201,
      );
    });

    it.each(['id', 'desk', 'feed'])('refuses what the database would as %s', async (field) => {
      for (const text of ['a:b', 'a b', '.a', '', 'a\n', 'é', 'x'.repeat(65), 5, ['a'], {}]) {
        const answer = await call('POST', '/v1/accounts', { body: { ...ACCOUNT, id: 'format', [field]: text } });
        expect([text, answer.status, pointers(answer)]).toEqual([text, 400, [`/${field}`]]);
      }
    });

    it('names every wrong field at once', async () => {
      const body = {
        ...ACCOUNT,
        name: '',
        type: 'TRUST',
        cash: '1e3',
        positions: [{ symbol: 'ibm', quantity: 0 }],
        x: 1,
      };
      const answer = await call('POST', '/v1/accounts', { body });
      expect(answer.status).toBe(400);
      expect(pointers(answer).sort()).toEqual([
        '/cash',
        '/name',
        '/positions/0/quantity',
        '/positions/0/symbol',
        '/type',
        '/x',
      ]);
    });
  });

  describe('listing', () => {
    it('pages through everything in the order of the ids', async () => {
      for (const id of ['list-a', 'list-b', 'list-c']) await opened(id, { desk: 'south' });
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: Answer = await call('GET', `/v1/accounts?limit=2${cursor && `&cursor=${cursor}`}`, {
          key: 'south',
        });
        expect(page.status).toBe(200);
        seen.push(...page.json.items.map(({ id }: { id: string }) => id));
        cursor = page.json.nextCursor;
      }
      expect(seen).toEqual(['list-a', 'list-b', 'list-c']);
    });

    it('shows a desk its own accounts and risk all', async () => {
      await opened('shown-north');
      await opened('shown-south', { desk: 'south' });
      const ids = async (key: string): Promise<string[]> =>
        (await call('GET', '/v1/accounts?limit=500', { key })).json.items.map(({ id }: { id: string }) => id);
      expect(await ids('north')).toContain('shown-north');
      expect(await ids('north')).not.toContain('shown-south');
      expect(await ids('risk')).toEqual(expect.arrayContaining(['shown-north', 'shown-south']));
    });

    it.each([
      'limit=0',
      'limit=501',
      'limit=1.5',
      'limit=',
      'limit=1&limit=2',
      'limit=1e2',
      'cursor=',
      'cursor=%2B',
      'cursor=IA',
      'desk=south',
      'cursor=YQ&cursor=YQ',
      'limit[a]=1',
    ])('refuses the query %s', async (query) => {
      const { status, json } = await call('GET', `/v1/accounts?${query}`);
      expect(status).toBe(400);
      expect(json.errors).toHaveLength(1);
    });
  });

  describe('visibility', () => {
    it('answers the same for foreign, unknown and impossible ids', async () => {
      await opened('foreign', { desk: 'south' });
      for (const path of ['', '/positions', '/margin']) {
        for (const id of ['foreign', 'unknown', 'a:b', 'x'.repeat(100), '%C3%A9', '%20']) {
          const { status, json } = await call('GET', `/v1/accounts/${id}${path}`, { key: 'north' });
          expect([id, status, json.code]).toEqual([id, 404, 'resource.not_found']);
        }
      }
      const put = { body: { positions: [] }, headers: { 'if-match': '"1"' } };
      expect((await call('PUT', '/v1/accounts/a:b/positions', put)).status).toBe(404);
      expect((await call('PUT', '/v1/accounts/foreign/positions', { key: 'south', ...put })).status).toBe(403);
    });
  });

  describe('positions', () => {
    const put = (id: string, version: string | undefined, body: unknown, headers = {}): Promise<Answer> =>
      call('PUT', `/v1/accounts/${id}/positions`, {
        body,
        headers: { ...headers, ...(version !== undefined && { 'if-match': version }) },
      });

    it('are replaced whole, netted, and answered with the new version', async () => {
      await opened('put-1', { positions: [{ symbol: 'SPY', quantity: '10' }] });
      const positions = [
        { symbol: 'IBM', quantity: '100.5' },
        { symbol: 'IBM070421C00100000', quantity: -3 },
        { symbol: 'IBM', quantity: '-0.25' },
        { symbol: CALL, quantity: '1' },
        { symbol: 'GONE', quantity: '7' },
        { symbol: 'GONE', quantity: '-7' },
        { symbol: 'NEW.X', quantity: '1' },
      ];
      const { status, headers, json } = await put('put-1', '"1"', { positions, cash: '12.345' });
      expect(status).toBe(200);
      expect(headers.get('etag')).toBe('"2"');
      const expected = {
        accountId: 'put-1',
        version: 2,
        cash: '12.345',
        positions: [
          { symbol: 'IBM', quantity: '100.25' },
          { symbol: CALL, quantity: '-2' },
          { symbol: 'NEW.X', quantity: '1' },
        ],
      };
      expect(json).toEqual({ ...expected, unpriced: ['NEW.X'] });
      const read = await call('GET', '/v1/accounts/put-1/positions');
      expect(read.json).toEqual(expected);
      expect(read.headers.get('etag')).toBe('"2"');
    });

    it('net exactly, however many digits there are', async () => {
      await opened('digits');
      const quantities = ['123456789012345678.0000000001', '0.9999999998'];
      const { json } = await put('digits', '"1"', {
        positions: quantities.map((quantity) => ({ symbol: 'IBM', quantity })),
      });
      expect(json.positions).toEqual([{ symbol: 'IBM', quantity: '123456789012345678.9999999999' }]);
    });

    it('keep the cash where none is given', async () => {
      await opened('put-2');
      expect((await put('put-2', '"1"', { positions: [] })).json).toMatchObject({ cash: '250000.00', positions: [] });
    });

    it('go in and out as CSV', async () => {
      await opened('csv-1');
      const csv = `\ufeffsymbol,quantity\n"IBM",100\n${CALL},-2\n\nIBM,-0.5`;
      expect((await put('csv-1', '"1"', csv, CSV)).status).toBe(200);
      const read = await call('GET', '/v1/accounts/csv-1/positions', { headers: { accept: 'text/csv' } });
      expect(read.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
      expect(read.headers.get('vary')).toContain('Accept');
      expect(read.text).toBe(`symbol,quantity\r\nIBM,99.5\r\n${CALL},-2\r\n`);
      const again = await put('csv-1', '"2"', read.text, CSV);
      expect(again.json.positions).toEqual([
        { symbol: 'IBM', quantity: '99.5' },
        { symbol: CALL, quantity: '-2' },
      ]);
    });

    it('name every wrong CSV line at once', async () => {
      await opened('csv-2');
      const csv = [
        'symbol,quantity',
        'IBM,1',
        'ibm,1e3',
        '',
        'IBM',
        'IBM,0',
        ' IBM,NaN',
        'IBM   070231C00100000,1',
        '"SPY,1',
      ];
      const answer = await put('csv-2', '"1"', csv.join('\n'), CSV);
      expect(answer.status).toBe(400);
      const places = answer.json.errors.map(
        ({ pointer, detail }: Line) => `${pointer} ${/^(After )?[Ll]ine \d+/.exec(detail)?.[0]}`,
      );
      expect(places).toEqual([
        ' After line 8',
        '/positions/1/symbol Line 3',
        '/positions/1/quantity Line 3',
        '/positions/2 Line 5',
        '/positions/3/quantity Line 6',
        '/positions/4/symbol Line 7',
        '/positions/4/quantity Line 7',
        '/positions/5/symbol Line 8',
      ]);
      expect((await call('GET', '/v1/accounts/csv-2')).json.version).toBe(1);
    });

    it.each(['quantity,symbol\nIBM,1', 'IBM,1', 'symbol,quantity,price\nIBM,1,2', '\n', 'symbol;quantity\nIBM;1'])(
      'refuse the CSV %j',
      async (csv) => {
        const id = `csv-${Buffer.from(csv).toString('hex').slice(0, 40)}`;
        await opened(id);
        const { status, json } = await put(id, '"1"', csv, CSV);
        expect(status).toBe(400);
        expect(json.errors).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'csv.header' })]));
      },
    );

    it('do not take a JSON text for CSV', async () => {
      await opened('json-text');
      expect((await put('json-text', '"1"', JSON.stringify('symbol,quantity\nIBM,1'))).status).toBe(400);
    });

    it('refuse lines that add up to more than can be stored', async () => {
      await opened('large');
      const line = { symbol: 'IBM', quantity: '999999999999999999' };
      const answer = await put('large', '"1"', { positions: [line, { symbol: 'SPY', quantity: 1 }, line] });
      expect([answer.status, pointers(answer)]).toEqual([400, ['/positions/2/quantity']]);
    });

    it('store a book of the largest size', async () => {
      await opened('full');
      const positions = Array.from({ length: 5_000 }, (_, index) => ({ symbol: `T${index}`, quantity: '1' }));
      const { status, json } = await put('full', '"1"', { positions });
      expect([status, json.positions.length, json.unpriced.length]).toEqual([200, 5_000, 5_000]);
      const more = [...positions, { symbol: 'MORE', quantity: '1' }];
      expect((await put('full', '"2"', { positions: more })).status).toBe(400);
      const csv = ['symbol,quantity', ...more.map(({ symbol }) => `${symbol},1`)].join('\n');
      expect((await put('full', '"2"', csv, CSV)).json.errors[0].pointer).toBe('/positions');
    });

    it('need the version they are based on', async () => {
      await opened('match');
      const status = async (version: string | undefined): Promise<number> =>
        (await put('match', version, { positions: [] })).status;
      expect(await status(undefined)).toBe(428);
      expect(await status('*')).toBe(428);
      for (const stale of ['"0"', '"2"', 'W/"1"', '""']) expect([stale, await status(stale)]).toEqual([stale, 412]);
      for (const odd of ['1', '"1', "'1'", '"1" "2"', ',']) expect([odd, await status(odd)]).toEqual([odd, 400]);
      expect(await status('"7", "1"')).toBe(200);
      expect(await status('"1"')).toBe(412);
    });

    it('of two changes based on one version take exactly one', async () => {
      await opened('twice');
      for (let version = 1; version <= 10; version++) {
        const both = ['1', '2'].map((quantity) =>
          put('twice', `"${version}"`, { positions: [{ symbol: 'IBM', quantity }] }),
        );
        const answers = await Promise.all(both);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
        const winner = answers.find(({ status }) => status === 200)!;
        const stored = (await call('GET', '/v1/accounts/twice/positions')).json;
        expect(stored.positions).toEqual(winner.json.positions);
        expect(stored.version).toBe(version + 1);
      }
    });
  });

  describe('margin', () => {
    it('adds up', async () => {
      const positions = [
        { symbol: 'IBM', quantity: 10_000 },
        { symbol: 'SPY', quantity: -100 },
        { symbol: 'IBM   070421P00095000', quantity: 10 },
      ];
      await opened('margin-1', { cash: '-500000', positions });
      const { status, json } = await call('GET', '/v1/accounts/margin-1/margin', { key: 'north' });
      expect(status).toBe(200);
      const sum = json.classGroups.reduce((total: number, each: Line) => total + Number(each.requirement), 0);
      expect(Number(json.requirement)).toBeCloseTo(sum, 6);
      // 10,000 × 97.73 − 100 × 145.30 + 10 × 100 × 1.45 − 500,000
      expect(json.equity).toBe('464220.00');
      expect(Number(json.excess)).toBeCloseTo(Number(json.equity) - Number(json.requirement), 6);
      expect(json.regulatory).toEqual({ requirement: json.requirement, excess: json.excess });
      expect(
        json.classGroups.map(({ classGroup, worst }: { classGroup: string; worst: { priceMove: number } }) => [
          classGroup,
          worst.priceMove,
        ]),
      ).toEqual([
        ['IBM', -0.15],
        ['SPX', 0.06],
      ]);
      // 100 × 145.30 × 6 %
      expect(json.classGroups[1]).toMatchObject({ requirement: '871.80', scanLoss: '871.80', minimumCharge: '0.00' });
      expect(json.flags).toMatchObject([{ code: 'volatility.neighbour_strike' }]);
      expect(json.provenance).toMatchObject({ snapshotId: 'a'.repeat(64), positionsVersion: '1' });
    });

    it('lists everything that is missing', async () => {
      const positions = ['NOPE', 'OLD', 'SPX', 'IBM   070421C00999000'].map((symbol) => ({ symbol, quantity: '1' }));
      await opened('margin-2', { positions });
      const { status, json } = await call('GET', '/v1/accounts/margin-2/margin');
      expect(status).toBe(422);
      expect(json.errors.map(({ code, symbol }: Line) => `${symbol} ${code}`).sort()).toEqual([
        'IBM   070421C00999000 symbol.unknown',
        'NOPE symbol.unknown',
        'OLD price.stale',
        'SPX index.not_tradable',
      ]);
    });

    it('is never a number that is not exact', async () => {
      await opened('margin-6', { cash: '999999999999999999.99' });
      const { status, json } = await call('GET', '/v1/accounts/margin-6/margin');
      expect([status, json.errors[0].code]).toEqual([422, 'amount.too_large']);
    });

    it('is refused on a market that is too old, or absent', async () => {
      await opened('margin-3', { feed: 'old' });
      await opened('margin-4', { feed: 'none', positions: [{ symbol: 'IBM', quantity: 1 }] });
      const codes = ['margin-3', 'margin-4'].map(async (id) => {
        const { status, json } = await call('GET', `/v1/accounts/${id}/margin`);
        return `${status} ${json.errors[0].code}`;
      });
      expect(await Promise.all(codes)).toEqual(['422 snapshot.stale', '422 snapshot.missing']);
    });

    it('of a REG_T account is the initial requirement, with the pairing', async () => {
      await opened('margin-5', {
        methodology: 'REG_T',
        positions: [
          { symbol: 'IBM', quantity: 100 },
          { symbol: 'IBM   070421C00100000', quantity: -1 },
        ],
      });
      const { status, json } = await call('GET', '/v1/accounts/margin-5/margin');
      expect([status, json.methodology, json.requirement, json.classGroups]).toEqual([
        200,
        'REG_T',
        '4886.50',
        undefined,
      ]);
      expect(json.regT).toMatchObject({ maintenance: '2443.25', optimal: true, gap: '0.00' });
      expect(json.regT.strategies.map(({ formula }: { formula: string }) => formula)).toEqual(['COVERED_CALL']);
      const kept = Number(json.equity) - 2443.25;
      expect(Number(json.regT.maintenanceExcess)).toBeCloseTo(kept, 2);
      // Twice the excess, as initial is half of what is bought, and that is less than four times what maintenance leaves.
      expect(Number(json.regT.buyingPower)).toBeCloseTo(2 * Number(json.excess), 2);
      expect(Number(json.excess)).toBeGreaterThan(0);
      // In 2007, four times the maintenance excess of an account of 25,000 or more.
      expect(Number(json.equity)).toBeGreaterThan(25_000);
      expect(Number(json.regT.dayTradeBuyingPower)).toBeCloseTo(4 * kept, 2);
    });
  });
});
