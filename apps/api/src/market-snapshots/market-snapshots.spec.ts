import { contract, HEADERS, quote, SMALL } from '../../../../test/store/snapshot-import-folder.js';
import { type Answer, startTestService, type TestService } from '../../../../test/support/service.js';
import { MarketSnapshotsModule } from './market-snapshots.module.js';

const BOUNDARY = 'b-o-u-n-d-a-r-y';
const FORM = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const PATH = '/v1/market-snapshots';

type Files = Readonly<Record<string, readonly string[]>>;

const part = (disposition: string, text: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;

function form(files: Files, fields: Readonly<Record<string, string>> = {}): string {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    ...Object.entries(files).map(([name, rows]) =>
      part(`name="${name}"; filename="${name}.csv"`, [HEADERS[name as keyof typeof HEADERS], ...rows].join('\n')),
    ),
  ];
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

const { instruments, quotes, underlyings, rates } = SMALL;
const FILES: Files = { instruments, quotes, underlyings, rates };

const MARKET = {
  feed: 'stated',
  asOf: '2026-08-21T20:00:00.000Z',
  rates: [{ days: 30, rate: 0.04 }],
  underlyings: [{ symbol: 'ZZA', type: 'EQUITY', price: '100', productClass: 'EQUITY', classGroup: 'ZZA' }],
  options: [{ symbol: 'ZZA   260918C00100000', price: '2.45', exercise: 'AMERICAN', multiplier: '100' }],
};

describe('market snapshots over HTTP', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService([MarketSnapshotsModule], '2026-08-22T12:00:00.000Z');
  });
  afterAll(() => service.close());

  const upload = (files: Files, fields = {}, key = 'risk'): Promise<Answer> =>
    service.call('POST', PATH, { key, headers: FORM, body: form(files, fields) });
  const state = (body: unknown, key = 'risk'): Promise<Answer> => service.call('POST', PATH, { key, body });
  const isProblem = (answer: Answer, status: number, code: string): void => {
    expect([answer.status, answer.json?.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  };

  it('stores the files of a form, once', async () => {
    const first = await upload(FILES, { feed: 'form', source: 'a desk' });
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({
      ...{ asOf: '2026-08-21T20:00:00.000Z', feed: 'form', source: 'a desk' },
      ...{ underlyings: 1, contracts: 2, futures: 0, refused: 0, flagged: 0 },
      report: { refused: [], volatilities: { SOLVED: 2 }, files: { quotes: { rows: 2, taken: 2 } } },
    });
    expect(first.headers.get('location')).toBe(`${PATH}/${first.json.id}`);
    expect((await service.call('GET', `${PATH}/${first.json.id}`, { key: 'north' })).json).toEqual(first.json);
    const again = await upload(FILES, { feed: 'form' });
    expect([again.status, again.json]).toEqual([200, first.json]);
  });

  it('reports the rows it refused, also where the content is there already', async () => {
    const files = { ...FILES, quotes: [...quotes, quote('ZZA', 'C', 95, '1', '2')] };
    for (const status of [201, 200]) {
      const { status: got, json } = await upload(files, { feed: 'rows' });
      expect([got, json.refused, json.report.refused]).toEqual([
        status,
        1,
        [{ file: 'quotes', code: 'QUOTE_WITHOUT_CONTRACT', count: 1 }],
      ]);
    }
    expect((await upload(FILES, { feed: 'rows' })).json).toMatchObject({ refused: 0, report: { refused: [] } });
  });

  it('takes the instant of the form and a file of dividends', async () => {
    const files = { ...FILES, dividends: ['ZZA,2026-09-01,0.25'] };
    const { json } = await upload(files, { asOf: '2026-08-21T19:00:00Z' });
    expect(json).toMatchObject({ asOf: '2026-08-21T19:00:00.000Z', feed: 'main', source: 'uploaded' });
    expect(json.report.files.dividends).toMatchObject({ taken: 1 });
  });

  it('stores a market in JSON, once', async () => {
    const first = await state(MARKET);
    expect([first.status, first.json.feed, first.json.contracts]).toEqual([201, 'stated', 1]);
    expect(first.json.report.volatilities).toEqual({ SOLVED: 1 });
    const again = await state({ ...MARKET, source: 'elsewhere' });
    expect([again.status, again.json]).toEqual([200, first.json]);
  });

  it('lists page by page, the latest prices first', async () => {
    for (const hour of ['15', '17', '16']) {
      expect((await state({ ...MARKET, feed: 'pages', asOf: `2026-08-20T${hour}:00:00Z` })).status).toBe(201);
    }
    const page = async (cursor = ''): Promise<Answer> =>
      service.call('GET', `${PATH}?feed=pages&limit=2${cursor && `&cursor=${cursor}`}`, { key: 'south' });
    const first = await page();
    const second = await page(first.json.nextCursor);
    const hours = [...first.json.items, ...second.json.items].map(({ asOf }: { asOf: string }) => asOf.slice(11, 13));
    expect(hours).toEqual(['17', '16', '15']);
    expect(second.json.nextCursor).toBeNull();
    expect(first.json.items[0].report).toBeUndefined();
  });

  it('belongs to the risk role', async () => {
    isProblem(await upload(FILES, {}, 'north'), 403, 'auth.forbidden');
    isProblem(await state(MARKET, 'north'), 403, 'auth.forbidden');
    isProblem(await upload(FILES, {}, 'nobody'), 401, 'auth.unauthenticated');
  });

  it('names every missing file and wrong field of a form', async () => {
    const missing = await upload({ rates });
    isProblem(missing, 400, 'request.invalid');
    const pointers = ({ json }: Answer) => json.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers(missing)).toEqual(['/instruments', '/quotes', '/underlyings']);
    const wrong = await upload(FILES, { feed: 'a feed', asOf: 'yesterday', other: '1' });
    isProblem(wrong, 400, 'request.invalid');
    expect(pointers(wrong)).toEqual(expect.arrayContaining(['/feed', '/asOf', '/other']));
  });

  it('refuses files whole where there is no market in them', async () => {
    isProblem(await upload({ ...FILES, rates: [] }), 422, 'snapshot.rates.missing');
    isProblem(await upload({ ...FILES, instruments: [contract('ZZQ', 'C', 90)] }), 422, 'snapshot.contracts.missing');
    const other = await upload(FILES, { asOf: '2026-08-24T20:00:00Z' });
    isProblem(other, 422, 'snapshot.rates.missing');
    const headless = form(FILES).replace(HEADERS.quotes, 'a,b,c');
    const answer = await service.call('POST', PATH, { headers: FORM, body: headless });
    isProblem(answer, 422, 'snapshot.columns.missing');
  });

  it('answers broken forms', async () => {
    const send = (body: string, headers: Readonly<Record<string, string>> = FORM) =>
      service.call('POST', PATH, { headers, body });
    const whole = form(FILES);
    isProblem(await send(whole.slice(0, whole.length / 2)), 400, 'request.malformed');
    isProblem(await send(''), 400, 'request.malformed');
    isProblem(await send(whole.replace('name="rates"', 'name="x"')), 400, 'request.malformed');
    isProblem(await send(whole.replaceAll('name="rates"', 'name="quotes"')), 400, 'request.malformed');
    isProblem(await send(whole.replace('name="rates"', 'nme="rates"')), 400, 'request.malformed');
    isProblem(await send(form(FILES, { ['feed[a]']: 'x', ['__proto__']: 'y' })), 400, 'request.invalid');
    isProblem(await send(form(FILES, { feed: 'x'.repeat(5_000) })), 400, 'request.malformed');
    for (const type of ['multipart/form-data', 'multipart/mixed; boundary=x', 'multipart/form-data; boundary="']) {
      isProblem(await send(whole, { 'content-type': type }), 400, 'multipart.malformed');
    }
    isProblem(await send(whole, { 'content-type': 'text/csv' }), 415, 'body.unsupported_media_type');
  });

  it.each([
    ['/options/0/underlying', { options: [{ ...MARKET.options[0], underlying: 'ZZQ' }] }],
    ['/rates', { rates: [] }],
    ['/underlyings/0/price', { underlyings: [{ ...MARKET.underlyings[0], price: '-1' }] }],
    ['/options/1/symbol', { options: [MARKET.options[0], { ...MARKET.options[0], symbol: 'ZZA260918C00100000' }] }],
    ['/other', { other: 1 }],
    ['/asOf', { asOf: undefined }],
    [
      '/underlyings/0/dividends/1/exDate',
      {
        underlyings: [
          { ...MARKET.underlyings[0], dividends: [1, 2].map((amount) => ({ exDate: '2026-09-01', amount })) },
        ],
      },
    ],
  ])('refuses a market in JSON for its %s', async (pointer, change) => {
    const answer = await state({ ...MARKET, ...change });
    isProblem(answer, 400, 'request.invalid');
    expect(answer.json.errors[0].pointer).toBe(pointer);
  });

  it('answers bodies that are no JSON as everywhere', async () => {
    isProblem(await state('{'), 400, 'json.syntax');
    isProblem(await state(''), 400, 'body.missing');
    isProblem(await state(`{"feed":"a","feed":"b"}`), 400, 'json.ambiguous');
  });

  it('knows no other ids and no wrong queries', async () => {
    for (const id of ['a'.repeat(64), 'nothing', '%F0%9F%98%80']) {
      isProblem(await service.call('GET', `${PATH}/${id}`), 404, 'resource.not_found');
    }
    for (const query of ['limit=0', 'limit=1000', 'cursor=x', 'feed=a%20b', 'other=1', 'limit=1&limit=2']) {
      isProblem(await service.call('GET', `${PATH}?${query}`), 400, 'request.invalid');
    }
  });
});
