import type { Decimal } from 'decimal.js';
import { canonicalSymbol } from './canonical-symbol.js';
import type { Quote } from './quote.js';
import { type CsvRecord, optionalAmount, type Refusal, refuse, rowOrRefusal, text } from './record-field.js';

export interface QuoteRow {
  readonly kind: 'QUOTE';
  readonly symbol: string;
  readonly quote: Quote;
}

/** Columns a quote file must have. A mid, a volatility or flags in the file are not read: they are worked out here. */
export const QUOTE_COLUMNS: readonly string[] = ['symbol', 'bid', 'ask'];

function side(record: CsvRecord, column: 'bid' | 'ask'): Decimal | null {
  const value = optionalAmount(record, column);
  return value?.lessThan(0) ? refuse(column, 'OUT_OF_RANGE', 'below 0') : value;
}

/** A listed option's symbol padded; a warrant or an option on a future has a ticker. */
function contractSymbol(record: CsvRecord): string {
  return canonicalSymbol(text(record, 'symbol')) ?? refuse('symbol', 'NOT_A_SYMBOL', 'not the symbol of an option');
}

/** One line of a quote file; a blank side is absent, a side of 0 is a quote of 0. */
export function quoteRow(record: CsvRecord): QuoteRow | Refusal {
  return rowOrRefusal(record, () => ({
    kind: 'QUOTE',
    symbol: contractSymbol(record),
    quote: { bid: side(record, 'bid'), ask: side(record, 'ask') },
  }));
}
