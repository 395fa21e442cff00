import { canonicalSymbol } from '@app/market';
import { CsvError, parse } from 'csv-parse/sync';
import type { FieldFaults } from '../what-if/field-faults.js';
import { decimalFault } from './decimal-field.js';

export interface CsvLine {
  readonly fields: readonly string[];
  /** In the text, its first line being 1. */
  readonly number: number;
}

/** What is read before text that is not CSV is still judged, so that one answer names all of it. */
export function csvLines(text: string, faults: FieldFaults): CsvLine[] {
  const lines: CsvLine[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (fields: string[], { lines: number }) => {
        lines.push({ fields, number });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const after = lines.at(-1)?.number ?? 0;
    faults.add('', 'csv.syntax', `After line ${after} the text is not CSV: a quotation mark is not closed.`);
  }
  return lines;
}

/** A line's symbol in its one spelling; undefined, and a fault under `pointer`, where it is none. */
export function csvSymbol(text: string, pointer: string, number: number, faults: FieldFaults): string | undefined {
  const symbol = canonicalSymbol(text);
  const sentence = 'must be a ticker in capitals, or the OCC symbol of an option, padded or not.';
  if (symbol === undefined) faults.add(`${pointer}/symbol`, 'field.symbol', `Line ${number}: symbol ${sentence}`);
  return symbol;
}

/** A line's signed quantity as it stands; undefined, and a fault under `pointer`, where it is none or 0. */
export function csvQuantity(text: string, pointer: string, number: number, faults: FieldFaults): string | undefined {
  const fault = decimalFault(text) ?? (Number(text) === 0 ? 'must not be 0' : undefined);
  if (fault !== undefined) faults.add(`${pointer}/quantity`, 'field.decimal', `Line ${number}: quantity ${fault}.`);
  return fault === undefined ? text : undefined;
}
