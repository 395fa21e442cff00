import { type Future, FUTURE_COLUMNS, futureRow, snapshotLine } from '@app/market';
import type { CsvFile } from './csv-lines.js';
import type { ReportKeeper } from './report-keeper.js';
import { SnapshotImportError } from './snapshot-import-error.js';
import { takenRows } from './taken-rows.js';
import { type KeyedRow, uniqueRows } from './unique-rows.js';

export interface FutureFile {
  readonly futures: ReadonlyMap<string, Future>;
  readonly content: readonly string[];
}

const ROWS_MAX = 50_000;

/** Futures on underlyings that are there, by symbol; none without a file. */
export async function futureFile(
  file: Omit<CsvFile, 'name' | 'columns'> | undefined,
  underlyings: ReadonlyMap<string, unknown>,
  keeper: ReportKeeper,
): Promise<FutureFile> {
  if (file === undefined) return { futures: new Map(), content: [] };
  const rows: (KeyedRow & { readonly future: Future })[] = [];
  const place: CsvFile = { ...file, name: 'futures', columns: FUTURE_COLUMNS };
  for await (const { row, line } of takenRows(place, futureRow, keeper)) {
    const { future } = row;
    const { symbol } = future;
    if (!underlyings.has(future.underlying)) {
      const detail = 'the underlyings file has no such symbol';
      keeper.refuse({ file: 'futures', line, column: 'underlying', symbol, code: 'UNKNOWN_UNDERLYING', detail });
    } else if (underlyings.has(symbol)) {
      const detail = 'an underlying has the same symbol';
      keeper.refuse({ file: 'futures', line, column: 'symbol', symbol, code: 'CONTRADICTION', detail });
    } else {
      rows.push({ key: symbol, content: snapshotLine(row), symbol, line, future });
      if (rows.length > ROWS_MAX) throw new SnapshotImportError('file.tooLong', 'The futures file has too many rows.');
    }
  }
  const unique = uniqueRows(rows, 'futures', keeper);
  return {
    futures: new Map(unique.map(({ key, future }) => [key, future])),
    content: unique.map(({ content }) => content),
  };
}
