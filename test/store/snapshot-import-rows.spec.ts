import { Database, importSnapshot, type ImportOutcome, snapshotFiles } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { contract, folder, type FolderContent, osi, quote, removeFolders, SMALL } from './snapshot-import-folder.js';

describe('rows of an import', () => {
  let fresh: FreshDatabase;
  let database: Database;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
  });

  afterAll(async () => {
    await database.close();
    await fresh.drop();
    removeFolders();
  });

  const load = (changes: Partial<FolderContent>): Promise<ImportOutcome> =>
    importSnapshot(database, snapshotFiles(folder({ ...SMALL, ...changes })), { feed: 'main', source: 'small' });

  /** [column, code, the bad row] of an instruments file. */
  const BAD_CONTRACTS: readonly (readonly [string | null, string, string])[] = [
    ['symbol', 'MISSING', contract('ZZA', 'C', 90, { symbol: '' })],
    ['symbol', 'NOT_A_SYMBOL', contract('ZZA', 'C', 90, { symbol: 'ZZA 90 call' })],
    ['expiry', 'NOT_A_DATE', contract('ZZA', 'C', 90, { expiry: '2026-02-30' })],
    ['expiry', 'CONTRADICTION', contract('ZZA', 'C', 90, { expiry: '2026-09-19' })],
    ['strike', 'NOT_A_DECIMAL', contract('ZZA', 'C', 90, { strike: 'NaN' })],
    ['strike', 'CONTRADICTION', contract('ZZA', 'C', 90, { strike: '91' })],
    ['right', 'UNKNOWN_WORD', contract('ZZA', 'C', 90, { right: 'X' })],
    ['multiplier', 'OUT_OF_RANGE', contract('ZZA', 'C', 90, { multiplier: '0' })],
    ['underlying', 'UNKNOWN_UNDERLYING', contract('ZZA', 'C', 90, { underlying: 'ZZQ' })],
    [null, 'COLUMN_COUNT', contract('ZZA', 'C', 90).split(',').slice(0, 5).join(',')],
    [null, 'COLUMN_COUNT', `${contract('ZZA', 'C', 90)},1,2,3`],
  ];

  it.each(BAD_CONTRACTS)('refuses a contract for its %s: %s', async (column, code, row) => {
    const { report, contractCount, refusedCount } = await load({ instruments: [...SMALL.instruments, row] });
    expect(contractCount).toBe(2);
    expect(refusedCount).toBe(1);
    expect(report.refused).toEqual([{ file: 'instruments', code, count: 1 }]);
    expect(report.refusedExamples).toEqual([expect.objectContaining({ file: 'instruments', line: 4, column, code })]);
    expect(report.files.instruments).toEqual({ rows: 3, taken: 2, refused: 1, repeated: 0 });
  });

  it('refuses a bad quote and keeps its contract without a price', async () => {
    const { report, contractCount } = await load({ quotes: [SMALL.quotes[0], quote('ZZA', 'P', 100, '-1', '2')] });
    expect(contractCount).toBe(2);
    expect(report.refused).toEqual([{ file: 'quotes', code: 'OUT_OF_RANGE', count: 1 }]);
    expect(report.notes).toEqual([{ file: 'instruments', code: 'CONTRACT_WITHOUT_QUOTE', count: 1 }]);
    expect(report.noteExamples).toEqual([expect.objectContaining({ line: 3, symbol: osi('ZZA', 'P', 100) })]);
  });

  it('refuses a quote of nothing', async () => {
    const { report } = await load({ quotes: [...SMALL.quotes, quote('ZZA', 'C', 95, '7', '7.2')] });
    expect(report.refused).toEqual([{ file: 'quotes', code: 'QUOTE_WITHOUT_CONTRACT', count: 1 }]);
    expect(report.refusedExamples[0]).toMatchObject({ line: 4, column: 'symbol', symbol: osi('ZZA', 'C', 95) });
  });

  it('takes a repeated row once, and none of those that contradict each other', async () => {
    const { report, contractCount, id } = await load({
      instruments: [
        ...SMALL.instruments,
        SMALL.instruments[0],
        contract('ZZA', 'C', 90),
        contract('ZZA', 'C', 90, { multiplier: '10' }),
      ],
      quotes: [...SMALL.quotes, SMALL.quotes[0].replace('2.40', '2.4'), quote('ZZA', 'P', 100, '2.00', '2.20')],
    });
    expect(contractCount).toBe(2);
    expect(report.refused).toEqual([
      { file: 'instruments', code: 'DUPLICATE_CONFLICT', count: 2 },
      { file: 'quotes', code: 'DUPLICATE_CONFLICT', count: 2 },
    ]);
    expect(report.notes).toEqual([
      { file: 'instruments', code: 'CONTRACT_WITHOUT_QUOTE', count: 1 },
      { file: 'instruments', code: 'DUPLICATE_IDENTICAL', count: 1 },
      { file: 'quotes', code: 'DUPLICATE_IDENTICAL', count: 1 },
    ]);
    expect(report.files).toMatchObject({
      instruments: { rows: 5, taken: 2, refused: 2, repeated: 1 },
      quotes: { rows: 4, taken: 1, refused: 2, repeated: 1 },
    });
    expect(await database.prisma.optionQuote.count({ where: { snapshotId: id, price: null } })).toBe(1);
  });

  it('accounts for every line that a stray quotation mark swallows', async () => {
    const broken = contract('ZZA', 'C', 90, { note: '"open' });
    const closing = contract('ZZA', 'C', 95, { note: '"' });
    const { report } = await load({ instruments: [broken, closing, ...SMALL.instruments] });
    expect(report.refused).toEqual([{ file: 'instruments', code: 'LINE_BREAK', count: 2 }]);
    expect(report.files.instruments).toEqual({ rows: 4, taken: 2, refused: 2, repeated: 0 });
  });

  it('reads line ends of any kind, blank lines and a byte order mark', async () => {
    const plain = await load({});
    const path = folder(SMALL);
    const { readFileSync, writeFileSync } = await import('node:fs');
    for (const file of ['instruments', 'quotes', 'underlyings', 'rates'].map((name) => `${path}/${name}.csv`)) {
      writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8').replaceAll('\n', '\r\n')}\r\n\n`);
    }
    const windows = await importSnapshot(database, snapshotFiles(path), { feed: 'main', source: 'small' });
    expect(windows).toMatchObject({ id: plain.id, refusedCount: 0 });
  });

  it('notes what it assumed of an underlying', async () => {
    const { report } = await load({
      underlyings: ['ZZA,Zed,equity,100,0.01,', 'ZZE,Fund,etf,12.123456789012,,', 'ZZN,\u0007,equity,,0,'],
    });
    expect(report.notes).toEqual([
      { file: 'underlyings', code: 'CLASSIFICATION_ASSUMED', count: 1 },
      { file: 'underlyings', code: 'DIVIDEND_YIELD_ABSENT', count: 1 },
      { file: 'underlyings', code: 'NAME_UNUSABLE', count: 1 },
      { file: 'underlyings', code: 'PRICE_ABSENT', count: 1 },
      { file: 'underlyings', code: 'PRICE_ROUNDED', count: 1 },
    ]);
  });

  it('refuses bad rates and dividends row by row', async () => {
    const { report } = await load({
      rates: [...SMALL.rates, '2026-08-21,par,5,x', '2026-08-21,par,2,4.2'],
      dividends: [
        'ZZA,2026-09-01,0.3',
        'ZZQ,2026-09-01,0.3',
        'ZZA,2026-10-01,0',
        'ZZA,2026-11-01,1',
        'ZZA,2026-11-01,2',
      ],
    });
    expect(report.refused).toEqual([
      { file: 'dividends', code: 'DUPLICATE_CONFLICT', count: 2 },
      { file: 'dividends', code: 'OUT_OF_RANGE', count: 1 },
      { file: 'dividends', code: 'UNKNOWN_UNDERLYING', count: 1 },
      { file: 'rates', code: 'NOT_A_DECIMAL', count: 1 },
    ]);
    expect(report.files).toMatchObject({
      rates: { rows: 4, taken: 2, refused: 1, repeated: 1 },
      dividends: { rows: 5, taken: 1, refused: 4, repeated: 0 },
    });
  });

  it('counts all of many refused rows and keeps the first thousand', async () => {
    const orphans = Array.from({ length: 1_500 }, (_, i) => quote('ZZA', 'C', 200 + i, '1', '2'));
    const { report, refusedCount } = await load({ quotes: [...SMALL.quotes, ...orphans, 'x,1,2,,,'] });
    expect(refusedCount).toBe(1_501);
    expect(report.refused).toEqual([
      { file: 'quotes', code: 'NOT_A_SYMBOL', count: 1 },
      { file: 'quotes', code: 'QUOTE_WITHOUT_CONTRACT', count: 1_500 },
    ]);
    expect(report.refusedExamples).toHaveLength(1_000);
  });

  it('takes an expired contract, which is never given a volatility', async () => {
    const row = contract('ZZA', 'C', 100, { symbol: 'ZZA   260814C00100000', expiry: '2026-08-14' });
    const { report } = await load({ instruments: [row], quotes: ['ZZA   260814C00100000,1,1.1,,,'] });
    expect(report.notes).toEqual([{ file: 'instruments', code: 'CONTRACT_EXPIRED', count: 1 }]);
    expect(report.volatilities).toEqual({ NONE: 1 });
  });
});
