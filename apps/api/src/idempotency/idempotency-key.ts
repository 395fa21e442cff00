import { hash } from 'node:crypto';
import type { Request } from 'express';
import { badRequest } from '../problems.js';

/** Printable, as the keys of most clients are: a UUID, an order's id. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The caller's key for a write; null without one. @throws Problem 400 for a header that is no key. */
export function idempotencyKey(request: Pick<Request, 'headers'>): string | null {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return null;
  if (typeof header === 'string' && KEY.test(header)) return header;
  const detail = 'Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.';
  throw badRequest('idempotency.key_malformed', detail);
}

export function isIdempotencyKey(text: unknown): text is string {
  return typeof text === 'string' && KEY.test(text);
}

/**
 * What was asked, in short: method, path, If-Match and body. Of an upload, whose body is not read as a whole, the length
 * stands for it.
 */
export function fingerprint(request: Pick<Request, 'method' | 'originalUrl' | 'headers' | 'body'>): string {
  const { method, originalUrl, headers } = request;
  const body: unknown = request.body ?? headers['content-length'] ?? '';
  const asked = [method, originalUrl, headers['if-match'] ?? '', JSON.stringify(body)];
  return hash('sha256', asked.join('\n'), 'hex');
}
