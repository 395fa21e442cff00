import type { CsvRecord, Refusal } from '@app/market';
import { type CsvFile, type CsvLine, csvLines } from './csv-lines.js';
import type { RowRefusalCode } from './import-report.js';
import type { ReportKeeper } from './report-keeper.js';

export interface TakenRow<Row> {
  readonly row: Row;
  readonly record: CsvRecord;
  readonly line: number;
}

/** The rows of a file that can be read, in order; the others go to the report, none of them silently. */
export async function* takenRows<Row extends { readonly kind: string }>(
  file: CsvFile,
  read: (record: CsvRecord) => Row | Refusal,
  keeper: ReportKeeper,
): AsyncGenerator<TakenRow<Row>> {
  for await (const csvLine of csvLines(file)) {
    const { record, line, lines } = csvLine;
    keeper.countRows(file.name, lines);
    const misshape = misshapeOf(csvLine);
    if (misshape !== undefined) {
      keeper.refuse({ file: file.name, line, column: null, symbol: null, ...misshape }, lines);
      continue;
    }
    const row = read(record);
    if (isRefusal(row)) {
      const { symbol, column, code, detail } = row;
      keeper.refuse({ file: file.name, line, column, symbol, code, detail });
    } else {
      yield { row, record, line };
    }
  }
}

function misshapeOf({ lines, isWhole }: CsvLine): { code: RowRefusalCode; detail: string } | undefined {
  if (lines > 1) return { code: 'LINE_BREAK', detail: 'a quotation mark runs over the end of the line' };
  return isWhole ? undefined : { code: 'COLUMN_COUNT', detail: 'more or fewer fields than the header' };
}

function isRefusal(row: { readonly kind: string }): row is Refusal {
  return row.kind === 'REFUSED';
}
