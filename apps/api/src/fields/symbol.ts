import { canonicalSymbol } from '@app/market';
import { LRUCache } from 'lru-cache';

/** The same contracts are named all day: looking one up takes a tenth of the time that reading it does. */
const known = new LRUCache<string, string>({ max: 100_000 });

/** The one spelling of a symbol, options padded to 21 characters; undefined for what is none. */
export function readSymbol(text: string): string | undefined {
  const found = known.get(text);
  if (found !== undefined) return found;
  const symbol = canonicalSymbol(text);
  if (symbol !== undefined) known.set(text, symbol);
  return symbol;
}

/**
 * The same of a text that passed SymbolField.
 * @throws Error for any other text, which is a mistake of ours.
 */
export function fieldSymbol(text: string): string {
  const symbol = readSymbol(text);
  if (symbol === undefined) throw new Error('a symbol was used that was not validated');
  return symbol;
}
