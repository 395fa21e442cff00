import { gzipSync } from 'node:zlib';
import { randomStream } from '../../libs/store/src/demo/random-stream.js';
import { HEADERS, SMALL } from '../store/snapshot-import-folder.js';
import { below, CANARY, mutated, oneOf, type Stream, treeOf, treeText } from './json-tree.js';

/** One request: through an HTTP client, or, where `raw`, as bytes that no client would send. */
export interface MutatedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly raw: Buffer | null;
}

interface Target {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const CALL = 'HLVN  260717C00225000';
/** Whatever the account's version, one of these is it: If-Match may be a list. */
const ANY_VERSION = { 'if-match': Array.from({ length: 999 }, (_, version) => `"${version}"`).join() };

const ORDERS = [
  {
    clOrdId: 'A-1',
    orderQty: '10',
    ordType: 'LIMIT',
    price: '2.50',
    legs: [{ symbol: CALL, side: 'SELL', ratioQty: '1' }],
  },
  {
    ...{ clOrdId: 'A-2', orderQty: 2, price: null },
    legs: [
      { symbol: 'HLVN  260821C00235000', side: 'SELL_SHORT', ratioQty: 2 },
      { symbol: 'HLVN', side: 'BUY', ratioQty: 50 },
    ],
  },
];
const POSITIONS = [
  { symbol: 'IBM', quantity: '1000' },
  { symbol: 'IBM   070421C00100000', quantity: -10 },
];
const MARKET = {
  asOf: '2007-02-23T21:00:00.000Z',
  rates: [{ days: 57, rate: 0.0508 }],
  underlyings: [
    {
      ...{
        symbol: 'IBM',
        type: 'EQUITY',
        price: '97.73',
        productClass: 'EQUITY',
        classGroup: 'IBM',
        productGroup: null,
      },
      ...{ leverage: 1, dividendYield: 0.01, dividends: [{ exDate: '2007-03-08', amount: '0.30' }] },
    },
    { symbol: 'SPX', type: 'INDEX', price: 1451.19, productClass: 'HIGH_CAP_INDEX', classGroup: 'SPX' },
  ],
  options: [
    { symbol: 'IBM   070421C00100000', price: '1.68', exercise: 'AMERICAN', multiplier: '100' },
    {
      symbol: 'SPXW  070421P01400000',
      underlying: 'SPX',
      price: null,
      impliedVolatility: 0.13,
      exercise: 'EUROPEAN',
      multiplier: 100,
    },
  ],
  futures: [{ symbol: 'ESH7', underlying: 'SPX', price: '1458.50', expiry: '2007-03-16', multiplier: '50' }],
};
const HOUSE_RULES = [
  {
    parameter: 'priceMove.down',
    value: -0.2,
    ruleId: 'r1',
    scope: 'FIRM',
    productClass: 'EQUITY',
    effectiveFrom: '2007-01-01',
  },
  {
    parameter: 'minimumCharge',
    value: 0.5,
    classGroup: 'IBM',
    scope: 'ACCOUNT',
    effectiveTo: '2007-12-31',
    reason: 'why',
    author: 'who',
  },
];
const SHADOW = {
  account: { methodology: 'PORTFOLIO_MARGIN', cash: '250000.00', strictVolatility: false },
  orders: [ORDERS[0]],
};

function targets(index: number): readonly Target[] {
  const include = ['classGroups', 'scenarios', 'positions', 'regulatory'];
  const account = {
    ...{ id: `m-${index}`, name: 'Mutated', desk: 'demo', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN' },
    ...{ cash: '1000.00', strictVolatility: true, feed: 'demo', positions: [{ symbol: 'HLVN', quantity: 5 }] },
  };
  const orders = [{ clOrdId: 'B', orderQty: 1, legs: [{ symbol: 'ESH7', side: 'BUY', ratioQty: 1 }] }];
  return [
    { method: 'POST', path: '/v1/accounts/demo-empty/what-if', body: { orders: ORDERS, include } },
    { method: 'POST', path: '/v1/accounts/demo-covered-call/what-if', body: { orders: [ORDERS[1]] } },
    {
      method: 'POST',
      path: '/v1/what-if',
      body: { ...SHADOW, positions: POSITIONS, market: MARKET, houseRules: HOUSE_RULES, orders, include },
    },
    { method: 'POST', path: '/v1/what-if', body: { ...SHADOW, positions: [{ symbol: 'MDXE', quantity: 3 }], include } },
    {
      method: 'POST',
      path: '/v1/risk-arrays',
      body: { market: MARKET, symbols: ['IBM', 'SPXW070421P01400000'], priceMoves: [-0.1, 0], volMoves: [0.5] },
    },
    { method: 'POST', path: '/v1/risk-arrays', body: { symbols: [CALL, 'MDX'] } },
    { method: 'POST', path: '/v1/accounts', body: account },
    {
      method: 'PUT',
      path: '/v1/accounts/mutated/positions',
      headers: ANY_VERSION,
      body: { positions: account.positions, cash: 5 },
    },
    { method: 'POST', path: '/v1/market-snapshots', body: { ...MARKET, feed: 'mutated', source: 'a test' } },
  ];
}

const KEYED = { authorization: 'Bearer demo-admin' };
const JSON_TYPE = { 'content-type': 'application/json' };

function jsonRequest(target: Target, text: string | Buffer): MutatedRequest {
  const { method, path, headers } = target;
  return { method, path, headers: { ...KEYED, ...JSON_TYPE, ...headers }, body: Buffer.from(text), raw: null };
}

function nearMiss(stream: Stream, index: number): MutatedRequest {
  const target = oneOf(stream, targets(index));
  let tree = treeOf(target.body);
  // Some go as they are: that they are right is part of the test.
  const times = oneOf(stream, [0, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
  for (let k = 0; k < times; k++) tree = mutated(tree, stream);
  return jsonRequest(target, treeText(tree));
}

const BYTES = [
  [0],
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf5],
  [0x22],
  [0x5c],
  [0x7b],
  [0x5d],
  [0x2c],
  [0x0a],
  [0xef, 0xbb, 0xbf],
];

/** Cut, with bytes put in, turned or taken out, or said twice. */
function brokenBytes(bytes: Buffer, stream: Stream): Buffer {
  const at = below(stream, bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + below(stream, 8));
  return oneOf<() => Buffer>(stream, [
    () => bytes.subarray(0, at),
    () => bytes.subarray(at),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from(oneOf(stream, BYTES)), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from(oneOf(stream, BYTES)), bytes.subarray(to)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ (1 << below(stream, 8)) : byte))),
  ])();
}

const TYPES = [
  ...[
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json;charset="utf-8"',
    'application/jsonx',
    'APPLICATION/JSON',
  ],
  ...[
    'text/plain',
    'text/csv',
    'text/csv; charset=utf-16',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
  ],
  ...[
    'multipart/mixed; boundary=x',
    '',
    ';',
    '*/*',
    'application/json, text/csv',
    `application/json; ${'x'.repeat(2000)}`,
    'application/json; charset',
  ],
];
const ENCODINGS = ['gzip', 'GZIP', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity', 'x', '', '*'];

function oddHeaders(stream: Stream, index: number): MutatedRequest {
  const request = jsonRequest(oneOf(stream, targets(index)), '');
  const plain = Buffer.from(JSON.stringify(oneOf(stream, targets(index)).body));
  const packed = gzipSync(plain);
  const body = oneOf(stream, [plain, packed, packed.subarray(0, 40), brokenBytes(packed, stream), Buffer.alloc(0)]);
  const changes = oneOf<Record<string, string>>(stream, [
    { 'content-type': oneOf(stream, TYPES) },
    { 'content-encoding': oneOf(stream, ENCODINGS) },
    { 'content-encoding': 'gzip' },
    {
      authorization: oneOf(stream, [
        '',
        'Bearer',
        'Bearer ',
        'Basic ZGVtbzpkZW1v',
        `Bearer ${'x'.repeat(5000)}`,
        'bearer demo-desk',
        'Bearer demo-desk x',
        'Bearer ÿ',
      ]),
    },
    { 'if-match': oneOf(stream, ['*', '"', 'W/"1"', '1', '"1" "2"', '', '"\u00e9"', `"${CANARY}"`]) },
    {
      accept: oneOf(stream, ['text/csv', 'image/png', '', '*/*;q=x', ';;;']),
      'x-request-id': oneOf(stream, ['', 'a b', CANARY, 'x'.repeat(4000), '{}']),
    },
    { expect: oneOf(stream, ['100-continue', 'anything', '']) },
    { 'transfer-encoding': 'chunked' },
    { origin: 'null', host: oneOf(stream, ['', 'x', '[::1', 'a b']) },
  ]);
  return { ...request, headers: { ...request.headers, ...changes }, body };
}

const CSV = Buffer.from(`symbol,quantity\r\nHLVN,100\r\n"${CALL}",-10.5\r\nMDXE,3\r\n`);
function csvRequest(stream: Stream): MutatedRequest {
  const headers = {
    ...KEYED,
    ...ANY_VERSION,
    'content-type': oneOf(stream, ['text/csv', 'text/csv; charset=utf-8; header=present']),
  };
  let body: Buffer = CSV;
  for (let k = below(stream, 4); k > 0; k--) body = brokenBytes(body, stream);
  return { method: 'PUT', path: '/v1/accounts/mutated/positions', headers, body, raw: null };
}

const BOUNDARY = 'boundary';
const FORM = Buffer.from(
  [
    ...[['feed', 'mutated-form']].map(([name, value]) => [`name="${name}"`, value]),
    ...(['instruments', 'quotes', 'underlyings', 'rates'] as const).map((name) => [
      `name="${name}"; filename="${name}.csv"`,
      [HEADERS[name], ...SMALL[name]].join('\n'),
    ]),
  ]
    .map(([disposition, text]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`)
    .concat(`--${BOUNDARY}--\r\n`)
    .join(''),
);
function formRequest(stream: Stream): MutatedRequest {
  const headers = { ...KEYED, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const body = brokenBytes(stream() < 0.3 ? brokenBytes(FORM, stream) : FORM, stream);
  return { method: 'POST', path: '/v1/market-snapshots', headers, body, raw: null };
}

const SEGMENTS = [
  ...[
    'accounts',
    'demo-empty',
    'positions',
    'margin',
    'what-if',
    'what-ifs',
    'market-snapshots',
    'risk-arrays',
    'health',
    'live',
    'metrics',
    'v1',
  ],
  ...[
    'docs',
    'openapi.json',
    '%00',
    '%ff',
    '%',
    '%zz',
    '%F0%9F%98%80',
    '%ED%A0%80',
    '..',
    '.',
    '%2e%2e',
    '%2f',
    ';a=b',
    '',
    '*',
    '__proto__',
  ],
  ...[
    'constructor',
    CANARY,
    'x'.repeat(3000),
    '%25',
    '%0d%0aX:1',
    "'",
    '"',
    '{id}',
    ':id',
    '00000000-0000-4000-8000-000000000000',
    'a'.repeat(64),
  ],
];
const QUERIES = [
  ...[
    '',
    '',
    '?limit=0',
    '?limit=1',
    '?limit=1e2',
    '?limit=-1',
    '?limit[]=1',
    '?limit=1&limit=2',
    '?cursor=%00',
    '?cursor=////',
    '?cursor=ZGVtby1lbXB0eQ',
  ],
  ...[
    '?limit[a]=1',
    '?feed=%ff',
    '?__proto__=1',
    '?limit=٣',
    `?${CANARY}=1`,
    `?cursor=${'A'.repeat(4000)}`,
    '?',
    '??',
    '?feed=demo&limit=1',
    '?a=%',
  ],
].map((query) => encodeURI(query).replaceAll('%25', '%'));
const METHODS = [
  'GET',
  'GET',
  'GET',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'PATCH',
  'PUT',
  'POST',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'PURGE',
];

function oddPath(stream: Stream): MutatedRequest {
  const known = [
    '/v1/accounts',
    '/v1/accounts/demo-empty',
    '/v1/market-snapshots',
    '/v1/accounts/demo-empty/positions',
    '/v1/what-ifs/x',
    '/docs/',
  ];
  const made = `/${Array.from({ length: 1 + below(stream, 4) }, () => oneOf(stream, SEGMENTS)).join('/')}`;
  const path = `${stream() < 0.4 ? oneOf(stream, known) : stream() < 0.5 ? `/v1${made}` : made}${oneOf(stream, QUERIES)}`;
  return { method: oneOf(stream, METHODS), path, headers: KEYED, body: null, raw: null };
}

function wireRequest(stream: Stream, index: number): MutatedRequest {
  const { method, path, body } = oneOf(stream, targets(index));
  const text = JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    ...[
      'Host: localhost',
      'Authorization: Bearer demo-admin',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`,
    ],
  ];
  const lines = oneOf<() => string[]>(stream, [
    () => head,
    () => head.filter((_, at) => at !== 1),
    () => [...head, 'Transfer-Encoding: chunked'],
    () => [...head, 'Content-Length: 5'],
    () => [...head, `X: ${'x'.repeat(20_000)}`],
    () => [...head, ...Array<string>(3000).fill('A: b')],
    () => [...head, 'Expect: something', 'Upgrade: websocket', 'Connection: Upgrade'],
    () => [
      oneOf(stream, [
        'GET * HTTP/1.1',
        'OPTIONS * HTTP/1.1',
        'GET http://other/v1/accounts HTTP/1.1',
        'GET /v1/accounts HTTP/1.0',
        'PRI * HTTP/2.0',
        'GET /v1/accounts',
      ]),
      ...head.slice(1, 3),
    ],
    () => [
      oneOf(stream, [
        'GET /a b HTTP/1.1',
        'GET /\u00e9 HTTP/1.1',
        'get /v1/accounts HTTP/1.1',
        'GET /v1/accounts HTTP/9.9',
        'CONNECT a:1 HTTP/1.1',
        'GET //[ HTTP/1.1',
      ]),
      ...head.slice(1, 3),
    ],
  ])();
  const bytes = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(text)]);
  const raw = stream() < 0.5 ? brokenBytes(bytes.subarray(0, bytes.length - 1), stream) : bytes;
  return { method: 'raw', path: '', headers: {}, body: null, raw };
}

/** Request number `index` of the stream of `seed`: it depends on nothing else. Even ones are near misses. */
export function mutatedRequest(seed: number, index: number): MutatedRequest {
  const stream = randomStream(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  if (index % 2 === 0) return nearMiss(stream, index);
  const share = stream();
  if (share < 0.4) {
    const target = oneOf(stream, targets(index));
    return jsonRequest(target, brokenBytes(Buffer.from(JSON.stringify(target.body)), stream));
  }
  if (share < 0.6) return oddHeaders(stream, index);
  if (share < 0.7) return csvRequest(stream);
  if (share < 0.73) return formRequest(stream);
  return share < 0.88 ? oddPath(stream) : wireRequest(stream, index);
}
