import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { bearerSecret } from './auth/bearer-secret.js';
import { type Caller, callerOf } from './auth/caller.js';
import type { KeyCache } from './auth/key-cache.js';
import { readBytes } from './json-body/body-bytes.js';
import { jsonValue, utf8Text } from './json-body/json-body.js';
import { JSON_TYPE } from './json-body/media-type.js';
import { DEFAULT_BODY_OPTIONS } from './json-body/read-body.decorator.js';
import type { RequestMetrics } from './metrics/request-metrics.js';
import { requestId } from './request-id.js';
import { DATA_HEADERS } from './security-headers.js';
import { type DtoClass, surelyValid } from './validation/surely-valid.js';

/** A POST of JSON that any key may send, answered 200 with JSON. */
export interface DirectRoute<T extends object = object> {
  /** The route's pattern, as metrics name it. */
  readonly pattern: string;
  /** What its paths look like; one group: the id they name. */
  readonly path: RegExp;
  readonly dto: new () => T;
  /** `bytes`: the body as it was sent, which `request` was read from. The answer is JSON. */
  answer(id: string, request: T, bytes: Buffer, caller: Caller): Promise<Buffer>;
}

interface Asked {
  readonly id: string;
  readonly caller: Caller;
}

/**
 * Requests that are sent by the thousand, answered beside the framework: its router, guards, interceptors and pipes take
 * half as long again as reading the request and writing the answer. Only what nobody could refuse is answered here: a
 * plain request under a key that is at hand, a body that the compiled validator accepts, an answer that comes to 200.
 * Everything else goes to the ordinary route, which starts from the same bytes, so that every refusal is decided and worded
 * there, and nowhere twice. An answer that failed here is worked out again there: `answer` must have no effect where it
 * throws.
 */
export function directLane(
  route: DirectRoute,
  keys: KeyCache,
  metrics: RequestMetrics,
  ordinary: RequestListener,
): RequestListener {
  const isSurelyValid = surelyValid(route.dto as DtoClass);

  const answer = async (request: IncomingMessage, response: ServerResponse, { id, caller }: Asked): Promise<void> => {
    metrics.watch(request, response, route.pattern);
    let bytes: Buffer;
    try {
      bytes = await readBytes(request, DEFAULT_BODY_OPTIONS.limit);
    } catch {
      response.destroy(); // whoever sent it has hung up
      return;
    }
    let reply: Buffer | undefined;
    try {
      const value = jsonValue(utf8Text(bytes)) as object;
      if (isSurelyValid?.(value)) reply = await route.answer(id, value, bytes, caller);
    } catch {
      // It is refused, and the ordinary route says how.
    }
    if (reply !== undefined) return send(request, response, reply);
    request.sentBytes = bytes;
    ordinary(request, response);
  };

  return (request, response) => {
    const asked = isPlain(request) ? askedOf(request, route, keys) : undefined;
    if (asked === undefined) ordinary(request, response);
    else void answer(request, response, asked);
  };
}

/** Whether nothing but path, key and body says what is asked. */
function isPlain({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    headers['idempotency-key'] === undefined &&
    headers['content-encoding'] === undefined &&
    headers.host !== undefined &&
    JSON_TYPE.test(headers['content-type'] ?? '') &&
    Number(headers['content-length']) <= DEFAULT_BODY_OPTIONS.limit
  );
}

function askedOf({ url, headers }: IncomingMessage, { path }: DirectRoute, keys: KeyCache): Asked | undefined {
  const id = path.exec(url ?? '')?.[1];
  const secret = id === undefined ? undefined : bearerSecret(headers.authorization);
  const key = secret === undefined ? undefined : keys.atHand(secret);
  return key && { id: id!, caller: callerOf(key) };
}

const HEADERS: readonly string[] = [...DATA_HEADERS, ['Content-Type', 'application/json; charset=utf-8']].flat();

function send(request: IncomingMessage, response: ServerResponse, reply: Buffer): void {
  const own = ['X-Request-Id', requestId(request), 'Content-Length', String(reply.length)];
  response.writeHead(200, [...own, ...HEADERS]);
  response.end(reply);
}
