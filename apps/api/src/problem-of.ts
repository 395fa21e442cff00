import { HttpException } from '@nestjs/common';
import { isDatabaseUnavailable } from './database-failure.js';
import { Problem } from './problem.js';
import { badRequest, notFound, unavailable } from './problems.js';

/** Titles of the statuses that a library below us may answer with; their own texts may repeat the request. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Authentication required',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request timeout',
  413: 'Content too large',
  414: 'URI too long',
  415: 'Unsupported media type',
  429: 'Too many requests',
  431: 'Request header fields too large',
};

const INTERNAL = new Problem({
  status: 500,
  code: 'service.failure',
  title: 'Internal error',
  detail: 'The failure has been logged under this request id.',
});

function ofStatus(status: number): Problem {
  if (status === 404) return notFound();
  if (status === 400) return badRequest('request.malformed', 'The request is malformed.');
  return new Problem({ status, code: `request.status_${status}`, title: TITLES[status] ?? 'Request refused' });
}

/** Status that Nest or a middleware (by http-errors' convention) gave an error; null where it gave none below 500. */
function clientStatus(error: unknown): number | null {
  const { status, statusCode } = error as { status?: unknown; statusCode?: unknown };
  const said = error instanceof HttpException ? error.getStatus() : (status ?? statusCode);
  return Number.isInteger(said) && (said as number) >= 400 && (said as number) < 500 ? (said as number) : null;
}

/** The answer that a failure gets. Texts of errors that are not ours are never sent. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseUnavailable(error)) return unavailable('The database cannot answer just now.', 2, error);
  const status = typeof error === 'object' && error !== null ? clientStatus(error) : null;
  if (status !== null) return ofStatus(status);
  if (error instanceof HttpException && error.getStatus() === 503) return unavailable('Try again shortly.');
  return INTERNAL;
}
