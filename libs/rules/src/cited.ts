/**
 * How sure we are of a figure: read in the rule or in figures published under it, quoted by a third party, or known
 * but not read.
 */
export type CitationStatus = 'verified' | 'secondary' | 'from memory';

export interface Cited<T> {
  readonly value: T;
  readonly citation: string;
  readonly status: CitationStatus;
}
