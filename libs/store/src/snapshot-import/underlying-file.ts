import {
  type CalendarDate,
  type CsvRecord,
  DIVIDEND_COLUMNS,
  dividendRow,
  type DeclaredDividend,
  snapshotLine,
  UNDERLYING_COLUMNS,
  underlyingRow,
  type UnderlyingNote,
  VOLATILITY_INDICES,
} from '@app/market';
import type { CsvFile } from './csv-lines.js';
import type { NamedUnderlying } from './named-underlying.js';
import type { ReportKeeper } from './report-keeper.js';
import { SnapshotImportError } from './snapshot-import-error.js';
import { takenRows } from './taken-rows.js';
import { groupedBy, type KeyedRow, uniqueRows } from './unique-rows.js';

export interface UnderlyingFile {
  readonly underlyings: ReadonlyMap<string, NamedUnderlying>;
  readonly content: readonly string[];
}

type Place = Omit<CsvFile, 'name' | 'columns'>;

/** There are some ten thousand listed underlyings: files of more are no such files, and they are held in memory. */
const ROWS_MAX = 200_000;
const NAME_LENGTH_MAX = 200;

const NOTES: Readonly<Record<UnderlyingNote, readonly [column: string, detail: string]>> = {
  PRICE_ROUNDED: ['price', 'rounded to ten decimals'],
  PRICE_ABSENT: ['price', 'no price: its options get no volatility'],
  PRICE_STALE: ['price_date', 'older than the snapshot: never used as a price'],
  DIVIDEND_YIELD_ABSENT: ['dividend_yield', 'no yield: read as 0, but where European calls and puts imply a forward'],
  CLASSIFICATION_ASSUMED: [
    'product_class',
    'unknown fund or volatility index: the widest range, a class group of its own',
  ],
};

/** The underlyings of a date with their dividends, by symbol. */
export async function underlyingFile(
  file: Place,
  dividendsFile: Place | undefined,
  date: CalendarDate,
  keeper: ReportKeeper,
): Promise<UnderlyingFile> {
  const rows: (KeyedRow & NamedUnderlying)[] = [];
  const read = (record: CsvRecord) => underlyingRow(record, date);
  const place: CsvFile = { ...file, name: 'underlyings', columns: UNDERLYING_COLUMNS };
  for await (const { row, record, line } of takenRows(place, read, keeper)) {
    const { symbol } = row.underlying;
    for (const code of row.notes) {
      const [column, detail] = NOTES[code];
      keeper.note({ file: 'underlyings', line, symbol, code, column, detail });
    }
    const name = displayName(record, symbol, line, keeper);
    const hasYield = !row.notes.includes('DIVIDEND_YIELD_ABSENT');
    // Of a volatility index a yield says nothing even where it is stated.
    const impliesForwards = !hasYield || VOLATILITY_INDICES.includes(symbol);
    const named = { name, underlying: row.underlying, basis: row.basis, impliesForwards };
    // A yield of nothing and none at all are carried differently.
    const content = `${snapshotLine(row)}${hasYield ? '' : '|NO_YIELD'}`;
    rows.push({ key: symbol, content, symbol, line, ...named });
    checkLength(rows, 'underlyings');
  }
  const unique = uniqueRows(rows, 'underlyings', keeper);
  if (unique.length === 0)
    throw new SnapshotImportError('underlyings.missing', 'The underlyings file has none to take.');
  const symbols = new Set(unique.map(({ key }) => key));
  const dividends = await dividendFile(dividendsFile, symbols, keeper);
  const withDividends = unique.map(({ key, underlying, name, basis, impliesForwards }) => {
    const declared = dividends.bySymbol.get(key) ?? [];
    return [key, { name, basis, impliesForwards, underlying: { ...underlying, dividends: declared } }] as const;
  });
  return {
    underlyings: new Map(withDividends),
    content: [...unique.map(({ content }) => content), ...dividends.content],
  };
}

async function dividendFile(
  file: Place | undefined,
  symbols: ReadonlySet<string>,
  keeper: ReportKeeper,
): Promise<{ bySymbol: ReadonlyMap<string, readonly DeclaredDividend[]>; content: readonly string[] }> {
  if (file === undefined) return { bySymbol: new Map(), content: [] };
  const rows: (KeyedRow & { symbol: string; dividend: DeclaredDividend })[] = [];
  const place: CsvFile = { ...file, name: 'dividends', columns: DIVIDEND_COLUMNS };
  for await (const { row, line } of takenRows(place, dividendRow, keeper)) {
    const { symbol, dividend } = row;
    if (symbols.has(symbol)) {
      rows.push({ key: `${symbol} ${dividend.exDate}`, content: snapshotLine(row), symbol, line, dividend });
      checkLength(rows, 'dividends');
    } else {
      const detail = 'the underlyings file has no such symbol';
      keeper.refuse({ file: 'dividends', line, column: 'symbol', symbol, code: 'UNKNOWN_UNDERLYING', detail });
    }
  }
  const unique = uniqueRows(rows, 'dividends', keeper).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const groups = groupedBy(unique, ({ symbol }) => symbol);
  return {
    bySymbol: new Map([...groups].map(([symbol, group]) => [symbol, group.map(({ dividend }) => dividend)])),
    content: unique.map(({ content }) => content),
  };
}

function checkLength(rows: readonly unknown[], name: string): void {
  if (rows.length > ROWS_MAX) throw new SnapshotImportError('file.tooLong', `The ${name} file has too many rows.`);
}

/** For people only, so that a bad one costs nobody the underlying. */
function displayName(record: CsvRecord, symbol: string, line: number, keeper: ReportKeeper): string {
  const name = record.name?.trim() ?? '';
  if (name === '') return symbol;
  if (name.length <= NAME_LENGTH_MAX && !/[\p{Cc}\p{Cs}\uFFFD]/u.test(name)) return name;
  const detail = 'too long or with characters that cannot be shown: the symbol stands in';
  keeper.note({ file: 'underlyings', line, symbol, code: 'NAME_UNUSABLE', column: 'name', detail });
  return symbol;
}
