import { brokenBytes } from './broken-bytes.js';
import type { MutatedRequest } from './request.js';
import { oneOf, type Stream } from './stream.js';
import { targets } from './targets.js';

/** Bytes of HTTP/1.1, and of what only looks like it. */
export function wireRequest(stream: Stream, index: number): MutatedRequest {
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
