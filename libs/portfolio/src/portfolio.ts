import './decimal-digits.js';
import { Decimal } from 'decimal.js';

export interface Position {
  readonly symbol: string;
  /** + long, − short; contracts for options and futures, shares otherwise. */
  readonly quantity: Decimal;
}

export interface Portfolio {
  /** Dollars, + credit, − debit. */
  readonly cash: Decimal;
  readonly positions: readonly Position[];
}

/**
 * One position a symbol, none of them zero: opposite and repeated ones net. Their order depends only on the symbols
 * (by code unit), so that permuted input is summed in one order and gives the same bits.
 */
export function netPositions(positions: Iterable<Position>): readonly Position[] {
  const quantities = new Map<string, Decimal>();
  for (const { symbol, quantity } of positions) {
    const held = quantities.get(symbol);
    quantities.set(symbol, held === undefined ? quantity : held.plus(quantity));
  }
  return [...quantities]
    .filter(([, quantity]) => !quantity.isZero())
    .map(([symbol, quantity]) => ({ symbol, quantity }))
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}
