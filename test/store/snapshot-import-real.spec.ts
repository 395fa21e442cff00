import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, importSnapshot, snapshotFiles } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const REAL = join(__dirname, '../../../shared/data/us-options-2026-08-21');
const FILES = ['instruments.csv.gz', 'quotes.csv.gz', 'rates.csv'];
const CONTRACTS = 282_761;
const UNDERLYINGS = 344;
// Volatilities of all contracts take a minute in one thread: here are those of the underlyings that are listed first.
const TAKEN = 40;

const real = existsSync(REAL) ? describe : describe.skip;

real('real chains of 2026-08-21 (skipped where ../shared/data is absent)', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let path: string;
  let contracts: number;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
    path = mkdtempSync(join(tmpdir(), 'marginal-import-'));
    for (const file of FILES) copyFileSync(join(REAL, file), join(path, file));
    const [header, ...rows] = readFileSync(join(REAL, 'underlyings.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(UNDERLYINGS);
    const taken = rows.slice(0, TAKEN);
    writeFileSync(join(path, 'underlyings.csv'), [header, ...taken].join('\n'));
    // The last column but one is the number of contracts of the underlying.
    contracts = taken.reduce((sum, row) => sum + Number(row.split(',').at(-2)), 0);
  });

  afterAll(async () => {
    rmSync(path, { recursive: true, force: true });
    await database.close();
    await fresh.drop();
  });

  it('accounts for every one of 282,761 contracts and as many quotes', async () => {
    const { id, report, ...counts } = await importSnapshot(database, snapshotFiles(path), {
      feed: 'real',
      source: 'real',
    });
    expect(counts).toMatchObject({ underlyingCount: TAKEN, contractCount: contracts });
    expect(report.files.instruments).toMatchObject({ rows: CONTRACTS, taken: contracts });
    const others = CONTRACTS - contracts;
    expect(report.refused).toEqual([
      { file: 'instruments', code: 'UNKNOWN_UNDERLYING', count: others },
      { file: 'quotes', code: 'QUOTE_WITHOUT_CONTRACT', count: others },
    ]);
    const stored = await database.prisma.optionQuote.groupBy({
      by: ['volatilitySource'],
      where: { snapshotId: id },
      _count: { _all: true },
    });
    const bySource = Object.fromEntries(
      stored.map(({ volatilitySource, _count }) => [volatilitySource ?? 'NONE', _count._all]),
    );
    expect(bySource).toEqual(report.volatilities);
    expect(await database.prisma.snapshotUnderlying.count({ where: { snapshotId: id } })).toBe(TAKEN);
    expect(report.volatilities.SOLVED).toBeGreaterThan(0.8 * contracts);
  }, 300_000);
});
