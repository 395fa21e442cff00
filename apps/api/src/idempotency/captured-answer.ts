import type { Response } from 'express';
import { type GivenAnswer, JSON_CONTENT } from './given-answer.js';

/** Headers that belong to an answer, beside those that every answer has. */
const HEADERS = ['Content-Type', 'Content-Disposition', 'Location', 'ETag', 'Vary', 'Content-Security-Policy'];

/** What `handle` would answer, kept back: a handler either returns its answer or sends it. */
export async function capturedAnswer(response: Response, handle: () => Promise<unknown>): Promise<GivenAnswer> {
  let sent: string | Buffer | undefined;
  const { send } = response;
  response.send = (body: string | Buffer) => {
    sent = body;
    return response;
  };
  let value: unknown;
  try {
    value = await handle();
  } finally {
    response.send = send;
  }
  const isText = typeof value === 'string' || Buffer.isBuffer(value);
  const body = sent ?? (isText ? (value as string | Buffer) : JSON.stringify(value ?? null));
  return { status: response.statusCode, headers: { ...JSON_CONTENT, ...headersOf(response) }, body };
}

function headersOf(response: Response): Record<string, string> {
  const given = HEADERS.map((name) => [name, response.getHeader(name)] as const);
  return Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}
