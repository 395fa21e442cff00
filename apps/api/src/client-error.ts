import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Problem, PROBLEM_CONTENT_TYPE, problemDocument } from './problem.js';

const [MALFORMED, TUNNEL, TIMEOUT, HEADERS, CHUNKS] = [
  new Problem({ status: 400, code: 'http.malformed', title: 'Bad request', detail: 'This is not an HTTP request.' }),
  new Problem({ status: 400, code: 'http.no_tunnel', title: 'Bad request', detail: 'CONNECT is for proxies.' }),
  new Problem({ status: 408, code: 'http.timeout', title: 'Request timeout', detail: 'The request came too slowly.' }),
  new Problem({
    status: 431,
    code: 'http.headers_too_large',
    title: 'Request header fields too large',
    detail: 'The request line and headers together are too long.',
  }),
  new Problem({
    status: 413,
    code: 'http.chunks_too_large',
    title: 'Content too large',
    detail: 'The chunk extensions are too long.',
  }),
];

const PROBLEMS: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: TIMEOUT,
  HPE_HEADER_OVERFLOW: HEADERS,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: CHUNKS,
};

function rawAnswer(problem: Problem): string {
  const id = randomUUID();
  const body = JSON.stringify(problemDocument(problem, id));
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${id}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

/** The answer that Node is writing on this socket, if any: two answers to one request would mislead the reader. */
const begun = (socket: Socket): boolean => {
  const { _httpMessage: message } = socket as unknown as { _httpMessage?: { headersSent: boolean } };
  return message?.headersSent === true;
};

/** Answers CONNECT, which Node would meet with a closed connection. For server.on('connect'). */
export function answerConnect(_request: unknown, socket: Duplex): void {
  socket.end(rawAnswer(TUNNEL));
}

/** Answers what Node's HTTP parser refuses, below the framework, and ends the connection. For server.on('clientError'). */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || begun(socket)) return void socket.destroy();
  socket.end(rawAnswer(PROBLEMS[error.code ?? ''] ?? MALFORMED));
  // A sender that goes on regardless is cut off; until then it has time to read the answer.
  socket.resume();
  setTimeout(() => socket.destroy(), 1_000).unref();
}
