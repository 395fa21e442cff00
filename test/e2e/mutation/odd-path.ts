import { CANARY } from './odd-values.js';
import { KEYED, type MutatedRequest } from './request.js';
import { below, oneOf, type Stream } from './stream.js';

const SEGMENTS = [
  ...[
    'accounts',
    'demo-empty',
    'positions',
    'margin',
    'what-if',
    'what-ifs',
    'market-snapshots',
    'house-rules',
    'house-rule-changes',
    'house-rule-packs',
    'account-groups',
    'effective-rules',
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
    '?asOf=2026-06-12&knownAt=2026-11-20T10:00:00Z',
    '?knownAt=2026-11-20T10:00:00',
    '?symbols=HLVN,MDX',
    '?symbols=,',
    '?dryRun=true',
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

/** Paths, queries and methods, known and not. */
export function oddPath(stream: Stream): MutatedRequest {
  const known = [
    '/v1/accounts',
    '/v1/accounts/demo-empty',
    '/v1/market-snapshots',
    '/v1/accounts/mutated/margin',
    '/v1/accounts/mutated/positions',
    '/v1/accounts/demo-empty/positions',
    '/v1/what-ifs/x',
    '/v1/house-rules',
    '/v1/house-rule-changes/1',
    '/v1/account-groups/short-volatility',
    '/v1/accounts/demo-empty/effective-rules',
    '/docs/',
  ];
  const made = `/${Array.from({ length: 1 + below(stream, 4) }, () => oneOf(stream, SEGMENTS)).join('/')}`;
  const path = `${stream() < 0.4 ? oneOf(stream, known) : stream() < 0.5 ? `/v1${made}` : made}${oneOf(stream, QUERIES)}`;
  return { method: oneOf(stream, METHODS), path, headers: KEYED, body: null, raw: null };
}
