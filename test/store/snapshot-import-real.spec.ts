import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountMargin, isGaps, type MarginContext, valuation, whatIf } from '@app/margin';
import type { Option } from '@app/market';
import { netPositions, orderPositions, type Position } from '@app/portfolio';
import { effectiveRules, regulatoryRules } from '@app/rules';
import { Database, type ImportReport, importSnapshot, SnapshotRepository, snapshotFiles } from '@app/store';
import { Decimal } from 'decimal.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const REAL = join(__dirname, '../../../shared/data/us-options-2026-08-21');
const FILES = ['instruments.csv.gz', 'quotes.csv.gz', 'rates.csv'];
const CONTRACTS = 282_761;
const UNDERLYINGS = 344;
// Volatilities of all contracts take a minute in one thread: here are those of some underlyings with short chains.
const TAKEN = [
  ...['SPX', 'VIX', 'SPYM', 'IWM', 'DGRO', 'VYM', 'SCHD', 'MGK', 'XLC', 'SPMO', 'VUG'],
  ...['CL', 'CDE', 'D', 'HEI', 'ITW', 'KEY', 'KHC', 'KMI', 'KR', 'MCO', 'NDAQ', 'O', 'PLD', 'PRU'],
];
const INDICES = ['SPX', 'VIX'];

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
    const taken = rows.filter((row) => TAKEN.includes(row.split(',')[0]));
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
    expect(counts).toMatchObject({ underlyingCount: TAKEN.length, contractCount: contracts });
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
    expect(await database.prisma.snapshotUnderlying.count({ where: { snapshotId: id } })).toBe(TAKEN.length);
    expect(report.volatilities.SOLVED).toBeGreaterThan(0.8 * contracts);
  }, 300_000);

  it('says how each underlying was classified, and what carries those without a yield', async () => {
    const latest = await new SnapshotRepository(database).latest('real');
    const stored = await new SnapshotRepository(database).find(latest!.id);
    const report = stored!.report as unknown as ImportReport;
    expect(report.underlyings).toMatchObject({
      productClasses: { BROAD_INDEX: 1, EQUITY: 14, HIGH_CAP_INDEX: 2, NARROW_INDEX: 8 },
      bases: { ASSUMED: 6, INDEX_TABLE: 3, SECTOR_TABLE: 1, SHARE: 14, VOLATILITY_INDEX: 1 },
      assumed: ['DGRO', 'MGK', 'SCHD', 'SPMO', 'VIX', 'VUG', 'VYM'],
    });
    const forwards = report.impliedForwards!;
    expect(forwards.filter(({ symbol }) => symbol === 'SPX')).toHaveLength(9);
    expect(forwards.filter(({ symbol }) => symbol === 'VIX')).toHaveLength(10);
    expect(forwards.every(({ pairs }) => pairs >= 3)).toBe(true);
    for (const { forward } of forwards.filter(({ symbol }) => symbol === 'SPX')) {
      expect(Math.abs(forward / 7_674.37 - 1)).toBeLessThan(0.001);
    }
  });

  it('reprices any book of 500 positions: what has no value says why, and the rest is margined', async () => {
    const latest = await new SnapshotRepository(database).latest('real');
    const market = (await new SnapshotRepository(database).market(latest!.id))!;
    const positions = await anyBook(database, latest!.id);
    expect(positions).toHaveLength(500);
    await market.load(positions.map(({ symbol }) => symbol));
    const rules = effectiveRules(regulatoryRules(market.valuationDate)!, [], market.valuationDate);
    const context: MarginContext = { valuation: valuation(market), rules, strictVolatility: false };

    const all = accountMargin({ cash: new Decimal(20_000_000), positions }, context);
    const gaps = isGaps(all) ? all : [];
    const unexplained = gaps.filter(({ code, symbol }) => {
      const { flags } = market.instrument(symbol!) as Option;
      return !EXPLAINED[code]?.some((flag) => flags.includes(flag));
    });
    expect(unexplained).toEqual([]);
    const valued = positions.filter(({ symbol }) => gaps.every((gap) => gap.symbol !== symbol));
    expect(valued.length).toBeGreaterThan(400);
    const margin = accountMargin({ cash: new Decimal(20_000_000), positions: valued }, context);
    if (isGaps(margin)) throw new Error(JSON.stringify(margin));
    expect(margin.requirement).toBeGreaterThan(0);
  });

  it('answers a four-leg order on a book of over two hundred positions', async () => {
    const latest = await new SnapshotRepository(database).latest('real');
    const market = (await new SnapshotRepository(database).market(latest!.id))!;
    const positions = await realBook(database, latest!.id);
    const legs = ['P07300', 'P07400', 'C07900', 'C08000'].map((leg, index) => ({
      symbol: `SPXW  260903${leg}000`,
      side: index % 3 === 0 ? ('BUY' as const) : ('SELL' as const),
      ratioQty: new Decimal(1),
    }));
    await market.load([...positions, ...legs].map(({ symbol }) => symbol));
    expect(positions.length).toBeGreaterThanOrEqual(200);

    const rules = effectiveRules(regulatoryRules(market.valuationDate)!, [], market.valuationDate);
    const context = { valuation: valuation(market), rules, strictVolatility: false };
    const portfolio = { cash: new Decimal(20_000_000), positions };
    const order = { clOrdId: 'condor', orderQty: new Decimal(10), price: new Decimal(-20), legs };
    const answer = whatIf(portfolio, [order], context);
    if (isGaps(answer)) throw new Error(JSON.stringify(answer));

    const { before, after } = answer;
    expect(before.classGroups.size).toBeGreaterThanOrEqual(20);
    // SPX, the funds on it, its options: one class group; only that one changes.
    const changed = [...after.classGroups.keys()].filter(
      (key) => after.classGroups.get(key) !== before.classGroups.get(key),
    );
    expect(changed).toEqual(['SPX']);
    for (const { classGroups, requirement } of [before, after]) {
      const sum = [...classGroups.values()].reduce((total, { inForce }) => total + inForce.requirement!, 0);
      expect(sum).toBe(requirement);
    }
    const filled = netPositions([...positions, ...orderPositions(order)]);
    // Two condors' wings are 100 points apart: 2,000 dollars a contract received.
    const afterwards = accountMargin({ cash: portfolio.cash.plus(20_000), positions: filled }, context);
    expect(afterwards).toMatchObject({ requirement: after.requirement, equity: after.equity });
  });
});

/** What a flag of a quote says about why its option cannot be valued. */
const EXPLAINED: Readonly<Record<string, readonly Option['flags'][number][]>> = {
  'volatility.missing': ['NO_QUOTE', 'MISSING_SIDE', 'ABOVE_BOUND'],
  'deliverable.unknown': ['ADJUSTED_DELIVERABLE'],
};

/** Any five hundred: options whatever their quotes are like, long and short in turn, and every share and fund. */
async function anyBook(database: Database, snapshotId: string): Promise<readonly Position[]> {
  const shares = TAKEN.filter((symbol) => !INDICES.includes(symbol));
  const { rows } = await database.pool.query<{ symbol: string }>(
    'SELECT symbol FROM option_quotes WHERE snapshot_id = $1 ORDER BY md5(symbol) LIMIT $2',
    [snapshotId, 500 - shares.length],
  );
  return netPositions([
    ...rows.map(({ symbol }, index) => ({ symbol, quantity: new Decimal(index % 2 === 0 ? 10 : -10) })),
    ...shares.map((symbol) => ({ symbol, quantity: new Decimal(500) })),
  ]);
}

/** Near-the-money options without a flag, long and short in turn, and the shares of every fund and stock. */
async function realBook(database: Database, snapshotId: string): Promise<readonly Position[]> {
  const { rows } = await database.pool.query<{ symbol: string; underlying: string }>(
    `SELECT symbol, underlying FROM (
       SELECT o.symbol, o.underlying, row_number() OVER (PARTITION BY o.underlying ORDER BY abs(i.strike / u.price - 1), o.symbol) AS place
       FROM option_quotes o
       JOIN instruments i ON i.symbol = o.symbol
       JOIN snapshot_underlyings u ON u.snapshot_id = o.snapshot_id AND u.symbol = o.underlying
       WHERE o.snapshot_id = $1 AND o.flags = '{}' AND o.volatility_source = 'SOLVED'
     ) AS near WHERE place <= 10 ORDER BY symbol`,
    [snapshotId],
  );
  const options = rows.map(({ symbol }, index) => ({ symbol, quantity: new Decimal(index % 2 === 0 ? 10 : -10) }));
  const shares = TAKEN.filter((symbol) => !INDICES.includes(symbol)).map((symbol) => ({
    symbol,
    quantity: new Decimal(500),
  }));
  return netPositions([...options, ...shares]);
}
