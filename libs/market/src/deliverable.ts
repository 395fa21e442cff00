import { isTicker } from './canonical-symbol.js';
import type { Deliverable } from './instrument.js';

const PART = /^(\d{1,9}(?:\.\d{1,10})?) (\S+)$/;
const CASH = 'USD';

/**
 * Reads `25 VXX` and `10 AAA + 5.5 BBB + 12.34 USD`: shares of each, and cash, that one contract delivers. Undefined for
 * anything else, for cash alone and for a symbol that stands there twice.
 */
export function deliverableOf(text: string): Deliverable | undefined {
  const parts = text.split('+').map((part) => PART.exec(part.trim()));
  if (parts.some((part) => part === null || !(Number(part[1]) > 0) || !isTicker(part[2]))) return undefined;
  const amounts = parts.map((part) => ({ symbol: part![2], shares: Number(part![1]) }));
  if (new Set(amounts.map(({ symbol }) => symbol)).size < amounts.length) return undefined;
  const components = amounts.filter(({ symbol }) => symbol !== CASH);
  const cash = amounts.find(({ symbol }) => symbol === CASH)?.shares ?? 0;
  return components.length === 0 ? undefined : { components, cash };
}

/** The same text for the same deliverable, however it was written: components in the order of their symbols, cash last. */
export function deliverableName({ components, cash }: Deliverable): string {
  const shares = components.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const parts = [...shares, ...(cash > 0 ? [{ symbol: CASH, shares: cash }] : [])];
  return parts.map((part) => `${part.shares} ${part.symbol}`).join(' + ');
}
