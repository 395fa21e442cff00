import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

declare module 'node:http' {
  interface IncomingMessage {
    /** The caller's X-Request-Id, or one made here. */
    requestId?: string;
  }
}

/** The caller's X-Request-Id where it is harmless to repeat, otherwise a new UUID; the same one on every call. */
export function requestId(request: IncomingMessage): string {
  if (request.requestId === undefined) {
    const sent = request.headers['x-request-id'];
    request.requestId = typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
  }
  return request.requestId;
}
