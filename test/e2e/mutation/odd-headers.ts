import { gzipSync } from 'node:zlib';
import { brokenBytes } from './broken-bytes.js';
import { CANARY } from './odd-values.js';
import { jsonRequest, type MutatedRequest } from './request.js';
import { oneOf, type Stream } from './stream.js';
import { targets } from './targets.js';

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

/** A body that may be right under headers that are not. */
export function oddHeaders(stream: Stream, index: number): MutatedRequest {
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
