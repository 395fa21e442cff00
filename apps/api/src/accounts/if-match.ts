import { badRequest, preconditionFailed, preconditionRequired } from '../problems.js';
import { etag } from './account-reply.js';

const TAG = '(?:W/)?"[\\x21\\x23-\\x7e]*"';
const TAGS = new RegExp(`^${TAG}(?:[ \\t]*,[ \\t]*${TAG})*$`);

/**
 * Passes where If-Match names `version`, by strong comparison (RFC 9110, 13.1.1): a weak tag matches nothing.
 *
 * `*` asks for any version, which is what the header is here to prevent: it counts as absent.
 * @throws Problem 428 without the header, 400 where it is no list of entity tags, 412 for other versions.
 */
export function requireVersion(ifMatch: string | undefined, version: number): void {
  const header = ifMatch?.trim() ?? '';
  if (header === '' || header === '*') throw preconditionRequired();
  if (!TAGS.test(header)) {
    const detail = 'If-Match must be an ETag as it was answered, quotation marks included.';
    throw badRequest('precondition.malformed', detail);
  }
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.includes(etag(version))) throw preconditionFailed();
}
