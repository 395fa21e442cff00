import { canonicalSymbol } from '@app/market';
import { LRUCache } from 'lru-cache';

/** The same contracts are named all day: looking one up takes a tenth of the time that reading it does. */
const known = new LRUCache<string, string>({ max: 100_000 });

/**
 * The one spelling of a symbol that passed SymbolField: options padded to 21 characters.
 * @throws Error for any other text, which is a mistake of ours.
 */
export function fieldSymbol(text: string): string {
  const symbol = known.get(text) ?? canonicalSymbol(text);
  if (symbol === undefined) throw new Error('a symbol was used that was not validated');
  known.set(text, symbol);
  return symbol;
}
