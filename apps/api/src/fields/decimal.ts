import { Decimal } from 'decimal.js';
import { LRUCache } from 'lru-cache';

/** The same quantities and prices are sent all day, and working orders keep theirs. */
const known = new LRUCache<string, Decimal>({ max: 20_000 });

/** The decimal that passed its field: of a text the same object where it came before, as decimals never change. */
export function fieldDecimal(text: string | number): Decimal {
  if (typeof text === 'number') return new Decimal(text);
  let decimal = known.get(text);
  if (decimal === undefined) known.set(text, (decimal = new Decimal(text)));
  return decimal;
}
