import type { Target } from './targets.js';

/** One request: through an HTTP client, or, where `raw`, as bytes that no client would send. */
export interface MutatedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly raw: Buffer | null;
}

export const KEYED = { authorization: 'Bearer demo-admin' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** `text` as the body of a call that takes JSON. */
export function jsonRequest(target: Target, text: string | Buffer): MutatedRequest {
  const { method, path, headers } = target;
  return { method, path, headers: { ...KEYED, ...JSON_TYPE, ...headers }, body: Buffer.from(text), raw: null };
}
