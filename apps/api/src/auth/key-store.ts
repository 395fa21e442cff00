export type Role = 'DESK' | 'RISK' | 'ADMIN';

export interface ApiKey {
  readonly id: string;
  /** Whom it was given to. */
  readonly name: string;
  readonly role: Role;
  /** The desk whose accounts a DESK key sees; null for keys that see all. */
  readonly desk: string | null;
}

/** Where API keys are kept: by hash only, so that who reads the table cannot call the service. */
export interface KeyStore {
  /** @param sha256hex lower-case hexadecimal SHA-256 of the key. Undefined where there is none, or it was revoked. */
  findByHash(sha256hex: string): Promise<ApiKey | undefined>;
}

/** Injection token of the {@link KeyStore}. */
export const KEY_STORE = Symbol('KeyStore');
