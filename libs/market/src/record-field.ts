import { Decimal } from 'decimal.js';
import { type CalendarDate, isCalendarDate } from './calendar-date.js';
import { canonicalSymbol, isTicker } from './canonical-symbol.js';

/** One line of a file with a header, by column name. */
export type CsvRecord = Readonly<Record<string, string | undefined>>;

export type RefusalCode =
  | 'MISSING' // blank where something must stand
  | 'NOT_A_SYMBOL'
  | 'NOT_A_DATE'
  | 'NOT_A_DECIMAL' // exponents, infinities, words, too many digits
  | 'OUT_OF_RANGE'
  | 'UNKNOWN_WORD' // not one of the words the column knows
  | 'CONTRADICTION'; // disagrees with another column of the row

/** Why a row is not taken: its first offending column. `detail` holds nothing of the row. */
export interface Refusal {
  readonly kind: 'REFUSED';
  /** Null where the row gives none that could be one: nothing unchecked is handed on. */
  readonly symbol: string | null;
  readonly column: string;
  readonly code: RefusalCode;
  readonly detail: string;
}

/** Leaves a row at its first offending column; `rowOrRefusal` is the only one to catch it. */
class OffendingField extends Error {
  constructor(
    readonly column: string,
    readonly code: RefusalCode,
    detail: string,
  ) {
    super(detail);
  }
}

export function refuse(column: string, code: RefusalCode, detail: string): never {
  throw new OffendingField(column, code, detail);
}

/** Runs a row's reading; what it refuses comes back as a value, so that one bad row never stops a file. */
export function rowOrRefusal<Row>(record: CsvRecord, read: () => Row): Row | Refusal {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof OffendingField)) throw error;
    const { column, code, message } = error;
    return {
      kind: 'REFUSED',
      symbol: canonicalSymbol(optionalText(record, 'symbol')) ?? null,
      column,
      code,
      detail: message,
    };
  }
}

/** '' where the column is absent or blank. */
export function optionalText(record: CsvRecord, column: string): string {
  return record[column]?.trim() ?? '';
}

export function text(record: CsvRecord, column: string): string {
  return optionalText(record, column) || refuse(column, 'MISSING', 'nothing stands here');
}

export function ticker(record: CsvRecord, column: string): string {
  const value = text(record, column);
  return isTicker(value) ? value : refuse(column, 'NOT_A_SYMBOL', 'not a ticker');
}

export function date(record: CsvRecord, column: string): CalendarDate {
  const value = text(record, column);
  return isCalendarDate(value) ? value : refuse(column, 'NOT_A_DATE', 'not a calendar date YYYY-MM-DD');
}

/** One of the words of `meaning`, in any case, as what it stands for. */
export function word<Meaning>(record: CsvRecord, column: string, meaning: Readonly<Record<string, Meaning>>): Meaning {
  const value = text(record, column).toLowerCase();
  const known = Object.keys(meaning);
  return known.includes(value) ? meaning[value] : refuse(column, 'UNKNOWN_WORD', `not one of ${known.join(', ')}`);
}

/** The digits a stored amount has room for; a file may carry more decimals where the caller rounds them. */
const DECIMAL_SHAPE = /^-?\d{1,18}(?:\.\d{1,40})?$/;
export const STORED_DECIMALS = 10;

export function optionalDecimal(record: CsvRecord, column: string): Decimal | null {
  const value = optionalText(record, column);
  if (value === '') return null;
  if (!DECIMAL_SHAPE.test(value)) refuse(column, 'NOT_A_DECIMAL', 'not a plain decimal number of 18 digits at most');
  return new Decimal(value);
}

/** As `optionalDecimal`, but exactly storable: at most ten decimals. */
export function optionalAmount(record: CsvRecord, column: string): Decimal | null {
  const value = optionalDecimal(record, column);
  if (value !== null && value.decimalPlaces() > STORED_DECIMALS) {
    refuse(column, 'NOT_A_DECIMAL', 'more than ten decimals');
  }
  return value;
}

export function amount(record: CsvRecord, column: string): Decimal {
  return optionalAmount(record, column) ?? refuse(column, 'MISSING', 'nothing stands here');
}
