import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Body, Controller, Get, type INestApplication, Module, Param, Post, Put } from '@nestjs/common';
import { createApplication } from './application.js';
import { Caller, Public, Roles } from './auth/caller.js';
import { type ApiKey, KEY_STORE } from './auth/key-store.js';
import { configuration } from './config.js';
import { ChoiceField } from './fields/choice-field.js';
import { DecimalField } from './fields/decimal-field.js';
import { NestedField } from './fields/nested-field.js';
import { NumberField } from './fields/number-field.js';
import { SymbolField } from './fields/text-fields.js';
import { READINESS } from './health/readiness.js';
import { ReadBody } from './json-body/read-body.decorator.js';

class LegDto {
  @SymbolField({ description: 'Instrument.', example: 'IBM' })
  readonly symbol!: string;
  @DecimalField({ description: 'Units; + is long.', example: '100', nonZero: true })
  readonly quantity!: string | number;
}

class SampleDto {
  @ChoiceField({ description: 'Side.', choices: ['BUY', 'SELL'] })
  readonly side!: string;
  @NestedField(() => LegDto, { description: 'Legs.', list: { minItems: 1, maxItems: 20 } })
  readonly legs!: readonly LegDto[];
  @NumberField({ description: 'Annual rate.', min: -1, max: 1, optional: true })
  readonly rate?: number;
}

let release: () => void = () => undefined;

@Controller('v1')
class SampleController {
  @Post('samples')
  create(@Body() body: SampleDto): object {
    return { got: body, plain: Object.getPrototypeOf(body) === Object.prototype };
  }
  @Put('tables')
  @ReadBody({ csv: true, limit: 4 * 1024 * 1024 })
  table(@Body() body: unknown): object {
    return { type: typeof body, length: String(body).length };
  }
  @Get('risk-only')
  @Roles('risk')
  risk(@Caller() caller: Caller): Caller {
    return caller;
  }
  @Get('samples/:id')
  one(@Param('id') id: string): object {
    return { length: id.length };
  }
  @Get('broken')
  @Public()
  broken(): never {
    throw new Error('secret text of a failure');
  }
  @Get('no-database')
  @Public()
  noDatabase(): never {
    throw new Error('query failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
  }
  @Get('slow')
  @Public()
  async slow(): Promise<object> {
    await new Promise<void>((resolve) => (release = resolve));
    return { finished: true };
  }
}

@Module({ controllers: [SampleController] })
class SampleModule {}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const keys = new Map<string, ApiKey>([
  [sha256('desk-key'), { id: 'k1', name: 'one', role: 'DESK', desk: 'D1' }],
  [sha256('risk-key'), { id: 'k2', name: 'two', role: 'RISK', desk: null }],
  [sha256('admin-key'), { id: 'k3', name: 'three', role: 'ADMIN', desk: null }],
]);
let gaps: readonly string[] = [];

function start(): Promise<INestApplication<Server>> {
  return createApplication({
    configuration: configuration({ PORT: '0', LOG_LEVEL: 'silent' }),
    features: SampleModule,
    limits: { headersTimeoutMs: 300, requestTimeoutMs: 800, checkIntervalMs: 50, shutdownDeadlineMs: 2000 },
    providers: [
      { provide: KEY_STORE, useValue: { findByHash: (hash: string) => Promise.resolve(keys.get(hash)) } },
      { provide: READINESS, useValue: { gaps: () => Promise.resolve(gaps) } },
    ],
  });
}

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly json: {
    code?: string;
    errors?: { pointer: string; code: string; detail: string }[];
    [name: string]: unknown;
  };
}

function answerOf(raw: string): Answer {
  const end = raw.indexOf('\r\n\r\n');
  const [first, ...lines] = raw.slice(0, end).split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.split(':')[0].toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const text = raw.slice(end + 4);
  const json = headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Answer['json']) : {};
  return { status: Number(first.split(' ')[1]), headers, text, json };
}

describe('the application shell', () => {
  let app: INestApplication<Server>;
  let port: number;

  beforeAll(async () => {
    app = await start();
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(() => app.close());

  /** Sends bytes as they are and reads until the server ends the connection. */
  const raw = (...parts: (string | Buffer)[]): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect(port, '127.0.0.1', () => parts.forEach((part) => socket.write(part)));
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        const text = Buffer.concat(chunks).toString();
        return text === '' ? reject(new Error('no answer')) : resolve(answerOf(text));
      });
    });

  const send = (
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const all: Record<string, string> = {
      Host: 'test',
      Connection: 'close',
      Authorization: 'Bearer desk-key',
      ...(body === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
      ...headers,
    };
    const lines = Object.entries(all)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}: ${value}\r\n`);
    return raw(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, ...(body === undefined ? [] : [body]));
  };
  const post = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
    send('POST', '/v1/samples', body, headers);

  /** Every refusal: a problem document, the id on it, nothing of the request in its texts. */
  const expectProblem = (answer: Answer, status: number, code: string): void => {
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.json).toMatchObject({ status, type: `urn:marginal:problem:${code}`, title: expect.any(String) });
    expect(answer.json.requestId).toBe(answer.headers.get('x-request-id'));
  };
  const faults = (answer: Answer): string[] =>
    (answer.json.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

  const good = { side: 'BUY', legs: [{ symbol: 'IBM', quantity: '100' }] };
  const withQuantity = (literal: string): string => `{"side":"BUY","legs":[{"symbol":"IBM","quantity":${literal}}]}`;

  it('answers a good body with plain objects, JSON in UTF-8 and security headers', async () => {
    const answer = await post(JSON.stringify(good), { 'X-Request-Id': 'abc-1' });
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({ got: good, plain: true });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('x-request-id')).toBe('abc-1');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.has('etag')).toBe(false);
    expect(answer.headers.has('x-powered-by')).toBe(false);
  });

  it.each([['application/json; charset=UTF-8'], ['application/json;charset="utf-8"'], ['Application/JSON']])(
    'reads %s',
    async (type) => expect((await post(JSON.stringify(good), { 'Content-Type': type })).status).toBe(201),
  );

  it.each([
    ['application/json; charset=utf-16'],
    ['application/json; charset=latin1'],
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    [''],
  ])('refuses the content type %j', async (type) => {
    expectProblem(await post(JSON.stringify(good), { 'Content-Type': type }), 415, 'body.unsupported_media_type');
  });

  it.each([
    ['duplicate keys', '{"side":"BUY","side":"SELL","legs":[]}', ['/side json.duplicate_key']],
    ['__proto__', '{"__proto__":{"side":"BUY"},"legs":[]}', ['/__proto__ json.forbidden_key']],
    ['NUL', '{"side":"B\\u0000"}', ['/side json.nul_character']],
    ['a lone surrogate', '{"side":"\\ud800"}', ['/side json.lone_surrogate']],
    ['9007199254740993', withQuantity('9007199254740993'), ['/legs/0/quantity json.number_inexact']],
    ['40 digits', withQuantity('1'.repeat(40)), ['/legs/0/quantity json.number_inexact']],
    ['a megabyte of digits', withQuantity(`1${'0'.repeat(1_000_000)}1`), ['/legs/0/quantity json.number_inexact']],
    ['1e400', withQuantity('1e400'), ['/legs/0/quantity json.number_range']],
    ['-0', withQuantity('-0'), ['/legs/0/quantity json.negative_zero']],
    ['2,000 levels', '{"a":'.repeat(2000) + '1' + '}'.repeat(2000), [`${'/a'.repeat(32)} json.too_deep`]],
  ])('refuses %s, naming the place', async (_name, body, places) => {
    const answer = await post(body);
    expectProblem(answer, 400, 'json.ambiguous');
    expect(faults(answer)).toEqual(places);
  });

  it.each([
    '1e308',
    '1e-11',
    '"1e5"',
    '"+1"',
    '"01"',
    '"-0"',
    '"-0.00"',
    '""',
    '"NaN"',
    '"1."',
    '".5"',
    '" 1"',
    '0',
    '"0"',
    'true',
    'null',
    '[1]',
    '{}',
    '9007199254740992',
    `"${'1'.repeat(19)}"`,
    '"0.12345678901"',
    `"${'1'.repeat(5000)}"`,
  ])('refuses the quantity %s', async (literal) => {
    const answer = await post(withQuantity(literal));
    expectProblem(answer, 400, 'request.invalid');
    expect(faults(answer)).toEqual(['/legs/0/quantity field.decimal']);
  });

  it.each(['1', '-1', '0.1', '1e5', '123456789012345', '1e-7', '"-0.5"', '"123456789012345678.0123456789"'])(
    'reads the quantity %s',
    async (literal) => expect((await post(withQuantity(literal))).status).toBe(201),
  );

  it('lists all offending fields, and repeats nothing that was sent', async () => {
    const answer = await post('{"side":"HOLD-XYZZY","legs":[{"symbol":"xyzzy","extra":1},[],7,null],"rate":9,"a/b":1}');
    expectProblem(answer, 400, 'request.invalid');
    expect(faults(answer)).toEqual([
      '/a~1b field.unknown',
      '/side field.choice',
      '/legs field.is_object',
      '/legs/0/extra field.unknown',
      '/legs/0/symbol field.symbol',
      '/legs/0/quantity field.required',
      '/legs/2 field.nested_validation',
      '/legs/3 field.nested_validation',
      '/rate field.number',
    ]);
    expect(answer.text.toLowerCase()).not.toContain('xyzzy');
  });

  it.each(['[]', '[{}]', 'null', '1', '"x"', 'true'])('refuses %s in place of an object', async (body) => {
    expectProblem(await post(body), 400, 'request.invalid');
  });

  it('refuses what is not JSON, with the position and without the text', async () => {
    const answer = await post('{"side": xyzzy}');
    expectProblem(answer, 400, 'json.syntax');
    expect(answer.json.detail).toContain('character 10');
    expect(answer.text).not.toContain('xyzzy');
    expectProblem(await post(''), 400, 'body.missing');
    expectProblem(
      await send('POST', '/v1/samples', undefined, { 'Content-Type': 'application/json' }),
      400,
      'body.missing',
    );
  });

  it('refuses bytes that are not UTF-8', async () => {
    expectProblem(await post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 400, 'body.not_utf8');
    expectProblem(await post(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), 400, 'body.not_utf8');
  });

  it('refuses bodies that are too long, announced or not, and compressed ones that become too long', async () => {
    const long = `"${'x'.repeat(1024 * 1024)}"`;
    expectProblem(await post(long), 413, 'body.too_large');
    const chunked = { 'Content-Length': '', 'Transfer-Encoding': 'chunked' };
    const inChunk = `${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`;
    expectProblem(await post(inChunk, chunked), 413, 'body.too_large');
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 32));
    expectProblem(await post(bomb, { 'Content-Encoding': 'gzip' }), 413, 'body.too_large');
  });

  it('reads gzip, and refuses what is not gzip or another encoding', async () => {
    const zipped = gzipSync(JSON.stringify(good));
    expect((await post(zipped, { 'Content-Encoding': 'gzip' })).status).toBe(201);
    expectProblem(await post(zipped.subarray(0, 20), { 'Content-Encoding': 'gzip' }), 400, 'body.not_gzip');
    expectProblem(await post('{}', { 'Content-Encoding': 'gzip' }), 400, 'body.not_gzip');
    expectProblem(await post('{}', { 'Content-Encoding': 'br' }), 415, 'body.unsupported_media_type');
  });

  it('gives a route its own limit and CSV where it asks for them', async () => {
    const csv = { 'Content-Type': 'text/csv; charset=utf-8' };
    const answer = await send('PUT', '/v1/tables', 'a,b\n'.repeat(500_000), csv);
    expect([answer.status, answer.json]).toEqual([200, { type: 'string', length: 2_000_000 }]);
    expectProblem(await send('PUT', '/v1/tables', 'a\0b', csv), 400, 'csv.nul_character');
    expectProblem(await post('a,b', csv), 415, 'body.unsupported_media_type');
  });

  it('asks for a key, and for a role', async () => {
    for (const header of [
      '',
      'Basic abc',
      'Bearer',
      'Bearer wrong',
      'Bearer desk-key, x',
      `Bearer ${'k'.repeat(5000)}`,
    ]) {
      const answer = await send('GET', '/v1/risk-only', undefined, { Authorization: header });
      expectProblem(answer, 401, 'auth.unauthenticated');
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expectProblem(await send('GET', '/v1/risk-only'), 403, 'auth.forbidden');
    const risk = await send('GET', '/v1/risk-only', undefined, { Authorization: 'bearer risk-key' });
    expect(risk.json).toEqual({ keyId: 'k2', keyName: 'two', role: 'RISK', desk: null });
    expect((await send('GET', '/v1/risk-only', undefined, { Authorization: 'Bearer admin-key' })).status).toBe(200);
  });

  it('tells a wrong path from a wrong method', async () => {
    expectProblem(await send('GET', '/v1/nowhere'), 404, 'resource.not_found');
    const wrong = await send('DELETE', '/v1/samples');
    expectProblem(wrong, 405, 'request.method_not_allowed');
    expect(wrong.headers.get('allow')).toBe('POST');
    expectProblem(await send('PROPFIND', '/v1/samples/1'), 405, 'request.method_not_allowed');
  });

  it.each([
    ['/v1/samples/%FF', 'request.malformed'],
    ['/v1/samples/%E0%A4%A', 'request.malformed'],
    ['/v1/samples/a%00b', 'request.nul_character'],
  ])('refuses the path %s', async (path, code) => expectProblem(await send('GET', path), 400, code));

  it('answers what the HTTP parser refuses', async () => {
    expectProblem(await raw('GARBAGE\r\n\r\n'), 400, 'http.malformed');
    expectProblem(await raw('BREW / HTTP/1.1\r\nHost: x\r\n\r\n'), 400, 'http.malformed');
    expectProblem(
      await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`),
      431,
      'http.headers_too_large',
    );
    expectProblem(
      await send('POST', '/v1/samples', 'zz\r\n{}', { 'Content-Length': '', 'Transfer-Encoding': 'chunked' }),
      400,
      'http.malformed',
    );
  });

  it('answers for itself what Node would answer with nothing', async () => {
    expectProblem(await raw('GET /v1/samples/1 HTTP/1.1\r\nConnection: close\r\n\r\n'), 400, 'http.host_missing');
    expectProblem(await raw('CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n'), 400, 'http.no_tunnel');
    const expecting = 'Host: x\r\nExpect: a miracle\r\nConnection: close';
    const live = await raw(`GET /health/live HTTP/1.1\r\n${expecting}\r\n\r\n`);
    expect(live.text).toBe('{"status":"live"}');
  });

  it('does not wait for slow headers or cut bodies', async () => {
    expectProblem(await raw('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '), 408, 'http.timeout');
    expectProblem(await post('{"side"', { 'Content-Length': '500' }), 408, 'http.timeout');
  });

  it('lets the scripts of the console run, and no others', async () => {
    const { headers } = await send('GET', '/docs/');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it('makes a request id where the one sent is not harmless', async () => {
    for (const id of ['a b', 'x'.repeat(65), '<script>']) {
      const answer = await send('GET', '/v1/nowhere', undefined, { 'X-Request-Id': id });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('tells nothing of a failure of its own', async () => {
    const answer = await send('GET', '/v1/broken');
    expectProblem(answer, 500, 'service.failure');
    expect(answer.text).not.toContain('secret');
    const unavailable = await send('GET', '/v1/no-database');
    expectProblem(unavailable, 503, 'service.unavailable');
    expect(unavailable.headers.get('retry-after')).toBe('2');
  });

  it('says whether it lives and whether it is ready, without a key', async () => {
    const anonymous = { Authorization: '' };
    expect((await send('GET', '/health/live', undefined, anonymous)).json).toEqual({ status: 'live' });
    expect((await send('GET', '/health/ready', undefined, anonymous)).json).toEqual({ status: 'ready' });
    gaps = ['No market snapshot is stored.'];
    const answer = await send('GET', '/health/ready', undefined, anonymous);
    expectProblem(answer, 503, 'service.not_ready');
    expect(answer.json.errors?.[0].detail).toBe('No market snapshot is stored.');
    gaps = [];
  });

  it('counts requests by route, never by path', async () => {
    await send('GET', '/v1/samples/some-account-id');
    const { text } = await send('GET', '/metrics', undefined, { Authorization: '' });
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/v1/samples/:id",status="200"}');
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toContain('some-account-id');
  });

  it('finishes what it is answering before it closes, and accepts nothing new', async () => {
    const other = await start();
    await other.listen(0, '127.0.0.1');
    const url = `http://127.0.0.1:${(other.getHttpServer().address() as AddressInfo).port}`;
    await (await fetch(`${url}/health/live`)).text(); // leaves an idle connection behind
    const slow = fetch(`${url}/v1/slow`).then((answer) => answer.json());
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closing = Promise.all([other.close(), other.close()]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    release();
    expect(await slow).toEqual({ finished: true });
    await closing;
  });
});
