/** RFC 6750's token characters; no key is longer. */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]{1,256}=*) *$/i;

/** The key in an Authorization header; undefined where there is none. */
export function bearerSecret(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}
