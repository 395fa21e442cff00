import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Database, importSnapshot, snapshotFiles, SnapshotImportError } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { folder, type FolderContent, HEADERS, removeFolders, SMALL } from './snapshot-import-folder.js';

describe('an import that is refused whole', () => {
  let fresh: FreshDatabase;
  let database: Database;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
  });

  afterEach(async () => {
    // Whatever was refused: nothing of it is left.
    for (const table of [
      'marketSnapshot',
      'optionQuote',
      'instrument',
      'snapshotRate',
      'snapshotUnderlying',
    ] as const) {
      const count = (database.prisma[table] as { count(): Promise<number> }).count();
      expect([table, await count]).toEqual([table, 0]);
    }
  });

  afterAll(async () => {
    await database.close();
    await fresh.drop();
    removeFolders();
  });

  const failure = async (path: string, options: { asOf?: string; feed?: string; fileBytesMax?: number } = {}) => {
    const loading = (async () =>
      importSnapshot(database, snapshotFiles(path), { feed: 'main', source: 'small', ...options }))();
    const error: unknown = await loading.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof SnapshotImportError)) throw new Error('it was not refused', { cause: error });
    return [error.code, error.message];
  };

  const withFile = (name: keyof FolderContent, text: string | Buffer): string => {
    const path = folder(SMALL);
    writeFileSync(join(path, `${name}.csv`), text);
    return path;
  };

  it('names every missing file', async () => {
    const path = folder(SMALL);
    rmSync(join(path, 'quotes.csv'));
    rmSync(join(path, 'rates.csv'));
    expect(await failure(path)).toEqual([
      'file.missing',
      'The folder lacks quotes.csv, rates.csv (or the same as .csv.gz).',
    ]);
  });

  it('does not choose between a file and its packed twin', async () => {
    const path = folder(SMALL);
    writeFileSync(join(path, 'rates.csv.gz'), gzipSync(readFileSync(join(path, 'rates.csv'))));
    expect((await failure(path))[0]).toBe('file.ambiguous');
  });

  it.each(['instruments', 'quotes', 'underlyings', 'rates'] as const)('needs the columns of %s', async (name) => {
    const [code, message] = await failure(withFile(name, 'a,b\n1,2\n'));
    expect(code).toBe('columns.missing');
    expect(message).toMatch(new RegExp(`^The ${name} file lacks the column \\w+`));
  });

  it('takes no column twice', async () => {
    const text = readFileSync(join(folder(SMALL), 'quotes.csv'), 'utf8');
    expect((await failure(withFile('quotes', text.replace('last', 'bid'))))[0]).toBe('columns.repeated');
  });

  it('refuses a broken gzip, at its start and in its middle', async () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => `${SMALL.quotes[0]}${i}`);
    const packed = gzipSync([HEADERS.quotes, ...rows].join('\n'));
    expect(await failure(withFile('quotes', packed.subarray(0, packed.length / 2)))).toEqual([
      'file.unreadable',
      'The quotes file cannot be read: its gzip is broken.',
    ]);
    expect((await failure(withFile('rates', Buffer.from([0x1f, 0x8b, 1, 2, 3]))))[0]).toBe('file.unreadable');
  });

  it('refuses a file that unpacks to more than it may', async () => {
    const bomb = gzipSync(`${HEADERS.quotes}\n${'\n'.repeat(5_000_000)}`);
    expect((await failure(withFile('quotes', bomb), { fileBytesMax: 1_000_000 }))[0]).toBe('file.tooLong');
  });

  it('refuses a file that is no CSV', async () => {
    for (const text of ['', '\n\n', '\uFEFF']) {
      expect((await failure(withFile('quotes', text)))[0]).toBe('columns.missing');
    }
    const open = `${HEADERS.quotes}\n"${`${SMALL.quotes[0]}\n`.repeat(5_000)}`;
    expect((await failure(withFile('quotes', open)))[0]).toBe('file.unreadable');
  });

  it.each([
    ['rates.missing', { rates: [] }],
    ['rates.missing', { rates: ['2026-08-21,par,0.25,none'] }],
    ['rates.ambiguous', { rates: ['2026-08-20,par,0.25,4', '2026-08-21,par,0.25,4'] }],
    ['rates.ambiguous', { rates: ['2026-08-21,par,0.25,4', '2026-08-21,bills,0.5,4'] }],
    ['rates.unusable', { rates: ['2026-08-21,par,0.25,4', '2026-08-21,par,0.25,5'] }],
    ['underlyings.missing', { underlyings: [] }],
    ['contracts.missing', { instruments: [] }],
  ])('refuses what has no market: %s %j', async (code, changes) => {
    expect((await failure(folder({ ...SMALL, ...changes })))[0]).toBe(code);
  });

  it('refuses an instant of another day than the rates, or none', async () => {
    expect((await failure(folder(SMALL), { asOf: '2026-08-24T20:00:00Z' }))[0]).toBe('rates.missing');
    for (const asOf of ['yesterday', '2026-08-21', '2026-02-30T20:00:00Z', '2026-08-21T20:00:00']) {
      expect((await failure(folder(SMALL), { asOf }))[0]).toBe('asOf.invalid');
    }
    expect((await failure(folder(SMALL), { feed: 'a feed' }))[0]).toBe('feed.invalid');
  });
});
