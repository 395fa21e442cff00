/** Changes whenever the same inputs would give other numbers; part of every answer's provenance. */
export const ENGINE_VERSION = '0.3.0';
