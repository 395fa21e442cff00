import { canonicalSymbol } from '@app/market';

/**
 * The one spelling of a symbol that passed SymbolField: options padded to 21 characters.
 * @throws Error for any other text, which is a mistake of ours.
 */
export function fieldSymbol(text: string): string {
  const symbol = canonicalSymbol(text);
  if (symbol === undefined) throw new Error('a symbol was used that was not validated');
  return symbol;
}
