import type { DeclaredDividend } from './instrument.js';
import { amount, type CsvRecord, date, type Refusal, refuse, rowOrRefusal, ticker } from './record-field.js';

export interface DividendRow {
  readonly kind: 'DIVIDEND';
  readonly symbol: string;
  readonly dividend: DeclaredDividend;
}

/** Columns a dividend file must have. */
export const DIVIDEND_COLUMNS: readonly string[] = ['symbol', 'ex_date', 'amount'];

/** One line of a dividend file. */
export function dividendRow(record: CsvRecord): DividendRow | Refusal {
  return rowOrRefusal(record, () => {
    const symbol = ticker(record, 'symbol');
    const exDate = date(record, 'ex_date');
    const cash = amount(record, 'amount');
    if (!cash.greaterThan(0)) refuse('amount', 'OUT_OF_RANGE', 'not above 0');
    return { kind: 'DIVIDEND', symbol, dividend: { exDate, amount: cash.toNumber() } };
  });
}
