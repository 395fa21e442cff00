import { type FieldError, Problem } from './problem.js';

/**
 * The answers other than success that the service gives, one noun each. `detail` is written by us and never holds what
 * the caller sent: it ends up in logs, tickets and browsers.
 */

const retryAfter = (seconds: number): Record<string, string> => ({ 'Retry-After': String(Math.ceil(seconds)) });

/** 400: the request is not of the form the contract asks for. */
export function badRequest(code: string, detail: string, errors: readonly FieldError[] = []): Problem {
  return new Problem({ status: 400, code, title: 'Bad request', detail, errors });
}

/** 400 with every offending field. */
export function invalidFields(errors: readonly FieldError[]): Problem {
  return badRequest('request.invalid', 'Some fields are not as the contract asks: see errors.', errors);
}

/** 401; the challenge is part of the answer (RFC 6750). */
export function unauthenticated(detail: string): Problem {
  const headers = { 'WWW-Authenticate': 'Bearer realm="marginal"' };
  return new Problem({ status: 401, code: 'auth.unauthenticated', title: 'Authentication required', detail, headers });
}

/** 403: known, but this key's role may not. */
export function forbidden(detail = "This key's role may not do this."): Problem {
  return new Problem({ status: 403, code: 'auth.forbidden', title: 'Not allowed', detail });
}

/** 404, with the same words for what does not exist and for what belongs to somebody else. */
export function notFound(detail = 'There is no such resource, or it is not visible to this key.'): Problem {
  return new Problem({ status: 404, code: 'resource.not_found', title: 'Not found', detail });
}

/** 405; `allowed` are the methods the path does answer. */
export function methodNotAllowed(allowed: readonly string[]): Problem {
  return new Problem({
    status: 405,
    code: 'request.method_not_allowed',
    title: 'Method not allowed',
    detail: 'This path does not answer that method; the Allow header lists those it does.',
    headers: { Allow: allowed.join(', ') },
  });
}

/** 409: the resource's state forbids it; reading it again and deciding anew may help. */
export function conflict(code: string, detail: string, errors: readonly FieldError[] = []): Problem {
  return new Problem({ status: 409, code, title: 'Conflict', detail, errors });
}

/** 412: If-Match named a version that is no longer the current one. */
export function preconditionFailed(): Problem {
  const detail = 'The resource has changed since the version named in If-Match.';
  return new Problem({ status: 412, code: 'precondition.failed', title: 'Precondition failed', detail });
}

/** 413. */
export function contentTooLarge(limitBytes: number): Problem {
  return new Problem({
    status: 413,
    code: 'body.too_large',
    title: 'Content too large',
    detail: `The body may have at most ${limitBytes} bytes, after decompression.`,
  });
}

/** 415: media type, charset or content encoding; `detail` says which are read. */
export function unsupportedMediaType(detail: string): Problem {
  return new Problem({ status: 415, code: 'body.unsupported_media_type', title: 'Unsupported media type', detail });
}

/** 422: well formed, but not computable; every missing or contradictory item is in `errors`. */
export function notComputable(code: string, detail: string, errors: readonly FieldError[]): Problem {
  return new Problem({ status: 422, code, title: 'Not computable', detail, errors });
}

/** 428: this change needs If-Match. */
export function preconditionRequired(): Problem {
  const detail = 'Send If-Match with the ETag of the version this change is based on.';
  return new Problem({ status: 428, code: 'precondition.required', title: 'Precondition required', detail });
}

/** 429. */
export function tooManyRequests(seconds: number): Problem {
  return new Problem({
    status: 429,
    code: 'request.too_many',
    title: 'Too many requests',
    detail: 'Retry after the number of seconds in Retry-After.',
    headers: retryAfter(seconds),
  });
}

/** 503: nothing wrong with the request; the service cannot answer just now. `cause` is logged, never sent. */
export function unavailable(detail: string, seconds = 2, cause?: unknown): Problem {
  const headers = retryAfter(seconds);
  return new Problem({ status: 503, code: 'service.unavailable', title: 'Unavailable', detail, headers }, cause);
}
