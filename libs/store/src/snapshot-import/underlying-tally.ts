import type { ClassificationBasis, ProductClass } from '@app/market';
import type { NamedUnderlying } from './named-underlying.js';

/** Where the underlyings of an import were put, and by what. */
export interface UnderlyingTally {
  /** Underlyings per product class. */
  readonly productClasses: Readonly<Partial<Record<ProductClass, number>>>;
  /** Underlyings per what decided: the file itself (GIVEN), a table, the type, the name, or nothing (ASSUMED). */
  readonly bases: Readonly<Partial<Record<ClassificationBasis | 'GIVEN', number>>>;
  /** Symbols of which nothing is known: the widest range, and a class group of their own. */
  readonly assumed: readonly string[];
}

export function underlyingTally(underlyings: Iterable<NamedUnderlying>): UnderlyingTally {
  const all = [...underlyings];
  const assumed = all.filter(({ basis }) => basis === 'ASSUMED' || basis === 'VOLATILITY_INDEX');
  return {
    productClasses: counts(all.map(({ underlying }) => underlying.productClass)),
    bases: counts(all.map(({ basis }) => basis)),
    assumed: assumed.map(({ underlying }) => underlying.symbol).sort(),
  };
}

function counts<Word extends string>(words: readonly Word[]): Readonly<Partial<Record<Word, number>>> {
  const result: Partial<Record<Word, number>> = {};
  // In the order of their names, so that equal snapshots have equal reports.
  for (const word of words.toSorted()) result[word] = (result[word] ?? 0) + 1;
  return result;
}
