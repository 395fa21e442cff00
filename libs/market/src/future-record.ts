import type { Future } from './instrument.js';
import {
  amount,
  type CsvRecord,
  date,
  optionalAmount,
  type Refusal,
  refuse,
  rowOrRefusal,
  ticker,
} from './record-field.js';

export interface FutureRow {
  readonly kind: 'FUTURE_ROW';
  readonly future: Future;
}

/** Columns a futures file must have. One on a share or fund is a security future. */
export const FUTURE_COLUMNS: readonly string[] = ['symbol', 'underlying', 'expiry', 'multiplier', 'price'];

/** One line of a futures file; a blank price is not known. */
export function futureRow(record: CsvRecord): FutureRow | Refusal {
  return rowOrRefusal(record, () => {
    const symbol = ticker(record, 'symbol');
    const multiplier = amount(record, 'multiplier');
    if (!multiplier.greaterThan(0)) refuse('multiplier', 'OUT_OF_RANGE', 'not above 0');
    const price = optionalAmount(record, 'price');
    if (price !== null && !price.greaterThan(0)) refuse('price', 'OUT_OF_RANGE', 'not above 0');
    const [underlying, expiry] = [ticker(record, 'underlying'), date(record, 'expiry')];
    return { kind: 'FUTURE_ROW', future: { kind: 'FUTURE', symbol, underlying, expiry, multiplier, price } };
  });
}
