import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * Headers of the console's pages, by helmet. The content policy lets Swagger run: its scripts are files of our own, its
 * styles are partly inline, its icons are data: images. Plain http stays plain http (no upgrade-insecure-requests): a
 * demo on another host of the network has no certificate.
 */
const pageHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
    },
  },
});

/**
 * What OWASP asks of an API's answers, which are data and never a page: nothing may run or frame them, nobody may guess
 * their type or keep them. A handler may set its own Cache-Control.
 */
export const DATA_HEADERS: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  ['X-Content-Type-Options', 'nosniff'],
];

/** Puts the security headers on an answer: those of a page under /docs, those of data elsewhere. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  if (/^\/docs(?:[/?]|$)/i.test(request.url ?? '')) return pageHeaders(request, response, () => undefined);
  for (const [name, value] of DATA_HEADERS) response.setHeader(name, value);
}
