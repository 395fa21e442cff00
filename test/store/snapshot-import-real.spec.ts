import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, importSnapshot, snapshotFiles } from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const REAL = join(__dirname, '../../../shared/data/us-options-2026-08-21');
const FILES = ['instruments.csv.gz', 'quotes.csv.gz', 'rates.csv'];
// Volatilities of all contracts take minutes in one thread: the underlyings are those marked as the core.
const CONTRACTS = 282_761;
const CORE = { underlyings: 57, contracts: 106_316 };

const real = existsSync(REAL) ? describe : describe.skip;

real('real chains of 2026-08-21 (skipped where ../shared/data is absent)', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let path: string;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
    path = mkdtempSync(join(tmpdir(), 'marginal-import-'));
    for (const file of FILES) copyFileSync(join(REAL, file), join(path, file));
    const [header, ...rows] = readFileSync(join(REAL, 'underlyings.csv'), 'utf8').trim().split('\n');
    writeFileSync(join(path, 'underlyings.csv'), [header, ...rows.filter((row) => row.endsWith(',1'))].join('\n'));
  });

  afterAll(async () => {
    rmSync(path, { recursive: true, force: true });
    await database.close();
    await fresh.drop();
  });

  it('accounts for every row', async () => {
    const { id, report, ...counts } = await importSnapshot(database, snapshotFiles(path), {
      feed: 'real',
      source: 'real',
    });
    expect(counts).toMatchObject({ underlyingCount: CORE.underlyings, contractCount: CORE.contracts });
    const others = CONTRACTS - CORE.contracts;
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
    expect(await database.prisma.snapshotUnderlying.count({ where: { snapshotId: id } })).toBe(CORE.underlyings);
    // The data's own account of what is wrong with these quotes, of flags that are defined alike.
    expect(report.flags).toMatchObject({ CROSSED: expect.any(Number), BELOW_INTRINSIC: expect.any(Number) });
    expect(report.volatilities.SOLVED).toBeGreaterThan(0.85 * CORE.contracts);
  }, 300_000);
});
