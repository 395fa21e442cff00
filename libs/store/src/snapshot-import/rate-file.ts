import {
  type CalendarDate,
  closingInstant,
  exchangeDate,
  RATE_COLUMNS,
  rateRow,
  type RateRow,
  snapshotLine,
  zeroCurve,
  type ZeroRate,
} from '@app/market';
import type { CsvFile } from './csv-lines.js';
import type { ReportKeeper } from './report-keeper.js';
import { SnapshotImportError } from './snapshot-import-error.js';
import { takenRows, type TakenRow } from './taken-rows.js';
import { uniqueRows } from './unique-rows.js';

export interface RateFile {
  /** RFC 3339 UTC: as stated, else the close of the rates' own date. */
  readonly asOf: string;
  readonly rates: readonly ZeroRate[];
  readonly content: readonly string[];
}

/** More rows than any curve has: a wrong file. */
const ROWS_MAX = 10_000;

/** Rates and, unless it is stated, the instant of the snapshot. Throws SnapshotImportError where there is no curve. */
export async function rateFile(
  file: Omit<CsvFile, 'name' | 'columns'>,
  asOf: string | undefined,
  keeper: ReportKeeper,
): Promise<RateFile> {
  const rows: TakenRow<RateRow>[] = [];
  for await (const row of takenRows({ ...file, name: 'rates', columns: RATE_COLUMNS }, rateRow, keeper)) {
    if (rows.push(row) > ROWS_MAX) throw new SnapshotImportError('file.tooLong', 'The rates file has too many rows.');
  }
  const instant = asOf ?? closingInstant(onlyDate(rows));
  const date = exchangeDate(instant);
  const ofDate = rows.filter(({ row, line }) => {
    if (row.date === date) return true;
    const detail = 'not of the date of the snapshot';
    keeper.refuse({ file: 'rates', line, column: 'date', symbol: null, code: 'OTHER_DATE', detail });
    return false;
  });
  if (ofDate.length === 0) throw new SnapshotImportError('rates.missing', 'The rates file has no rate of the date.');
  if (new Set(ofDate.map(({ row }) => row.curve)).size > 1) {
    throw new SnapshotImportError(
      'rates.ambiguous',
      'The rates file has several curves: keep the one to discount with.',
    );
  }
  return { asOf: instant, ...curve(ofDate, keeper) };
}

function onlyDate(rows: readonly TakenRow<RateRow>[]): CalendarDate {
  const dates = [...new Set(rows.map(({ row }) => row.date))];
  if (dates.length === 0)
    throw new SnapshotImportError('rates.missing', 'The rates file has no rate that can be read.');
  if (dates.length === 1) return dates[0];
  throw new SnapshotImportError(
    'rates.ambiguous',
    'The rates are of several dates: state the instant of the snapshot.',
  );
}

function curve(rows: readonly TakenRow<RateRow>[], keeper: ReportKeeper): Pick<RateFile, 'rates' | 'content'> {
  const keyed = rows.map(({ row, line }) => ({
    key: String(row.parYield.tenorYears),
    content: snapshotLine(row),
    symbol: null,
    line,
    parYield: row.parYield,
  }));
  const unique = uniqueRows(keyed, 'rates', keeper);
  const rates = zeroCurve(unique.map(({ parYield }) => parYield));
  if (rates.length === 0) {
    throw new SnapshotImportError('rates.unusable', 'No discount curve explains the yields of the rates file.');
  }
  return { rates, content: unique.map(({ content }) => content) };
}
