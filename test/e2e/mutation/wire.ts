import { type Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { MutatedRequest } from './request.js';

export interface WireAnswer {
  /** 0: no answer to what has no end; −2: the connection was closed on us without one. */
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

const TIMEOUT_MS = 10_000;
/** Bytes that are half a request get no answer: after this long without one nothing more is said, and the end is told. */
const SILENCE_MS = 60;

/** One request of an HTTP client. @throws Where no answer comes. */
export function clientAnswer(port: number, agent: Agent, asked: MutatedRequest): Promise<WireAnswer> {
  const { method, path, headers, body } = asked;
  return new Promise((resolve, reject) => {
    const length = body === null || headers['transfer-encoding'] ? {} : { 'content-length': body.length };
    const sent = request({ port, agent, method, path, headers: { ...headers, ...length }, timeout: TIMEOUT_MS });
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const contentType = response.headers['content-type'] ?? '';
        resolve({ status: response.statusCode ?? 0, contentType, text: Buffer.concat(chunks).toString() });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}

function parsed(bytes: Buffer): WireAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line, ...headers] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const header = (name: string) =>
    headers
      .find((each) => each.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? '';
  const body = bytes.subarray(end + 4);
  if (body.length < Number(header('content-length') || 0)) return undefined;
  const text = body.subarray(0, Number(header('content-length') || body.length)).toString();
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? NaN), contentType: header('content-type'), text };
}

/** Bytes as they are, and the first answer to them. @throws Where the connection stays open without one. */
export function rawAnswer(port: number, bytes: Buffer): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let got = Buffer.alloc(0);
    const finish = (act: () => void) => {
      clearTimeout(silence);
      clearTimeout(limit);
      socket.destroy();
      act();
    };
    let ended = false;
    const silence = setTimeout(() => {
      ended = true;
      socket.end();
    }, SILENCE_MS);
    const limit = setTimeout(() => finish(() => reject(new Error('no answer in time'))), TIMEOUT_MS);
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, chunk]);
      const answer = parsed(got);
      if (answer !== undefined && answer.status >= 200) finish(() => resolve(answer));
    });
    // A server that refuses what is still being sent may reset the connection: its answer counts, if it came.
    socket.on('error', () => undefined);
    socket.on('close', () =>
      finish(() => resolve(parsed(got) ?? { status: ended ? 0 : -2, contentType: '', text: '' })),
    );
    socket.write(bytes);
  });
}
