/** The embedded database cannot be used; the message says why and what to do, and is fit to be shown as it is. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
