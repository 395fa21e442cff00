/** Whether a what-if would be answered now. */
export interface Readiness {
  /**
   * What is missing, one short sentence each that may be shown to anybody ('The database cannot be reached.', 'No
   * market snapshot is stored.'); empty: ready. A rejection counts as not ready.
   */
  gaps(): Promise<readonly string[]>;
}

/** Injection token of the {@link Readiness}. */
export const READINESS = Symbol('Readiness');
