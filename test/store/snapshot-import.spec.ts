import { Client } from 'pg';
import {
  Database,
  importSnapshot,
  type ImportOutcome,
  type ImportProgress,
  snapshotFiles,
  SnapshotRepository,
} from '@app/store';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { contract, folder, type FolderContent, osi, quote, removeFolders, SMALL } from './snapshot-import-folder.js';

describe('importSnapshot', () => {
  let fresh: FreshDatabase;
  let database: Database;

  beforeEach(async () => {
    fresh = await freshDatabase();
    database = await Database.open(fresh.url);
  });

  afterEach(async () => {
    await database.close();
    await fresh.drop();
    removeFolders();
  });

  const load = (path: string, feed = 'main'): Promise<ImportOutcome> =>
    importSnapshot(database, snapshotFiles(path), { feed, source: 'small' });

  const loadContent = (changes: Partial<FolderContent>): Promise<ImportOutcome> =>
    load(folder({ ...SMALL, ...changes }));

  const options = async (id: string) =>
    new Map(
      (await database.prisma.optionQuote.findMany({ where: { snapshotId: id } })).map((option) => [
        option.symbol,
        { ...option, price: option.price?.toFixed() ?? null },
      ]),
    );

  it('stores a snapshot that reads back as a market', async () => {
    const outcome = await load(folder({ ...SMALL, dividends: ['ZZA,2026-09-01,0.25'] }));
    expect(outcome).toMatchObject({
      asOf: '2026-08-21T20:00:00.000Z',
      isNew: true,
      contractCount: 2,
      underlyingCount: 1,
      refusedCount: 0,
      flaggedCount: 0,
      report: { refused: [], notes: [], volatilities: { SOLVED: 2 } },
    });
    expect(outcome.id).toMatch(/^[0-9a-f]{64}$/);
    const market = (await new SnapshotRepository(database).market(outcome.id))!;
    await market.load([osi('ZZA', 'C', 100)]);
    expect(market.valuationDate).toBe('2026-08-21');
    expect(market.afterClose).toBe(true);
    expect(market.rates.length).toBeGreaterThan(2);
    expect(market.instrument('ZZA')).toMatchObject({
      price: expect.objectContaining({}),
      classGroup: 'ZZA',
      dividends: [{ exDate: '2026-09-01', amount: 0.25 }],
    });
    const call = market.instrument(osi('ZZA', 'C', 100));
    expect(call).toMatchObject({ kind: 'OPTION', strike: 100, volatilitySource: 'SOLVED', flags: [] });
    if (call?.kind !== 'OPTION') throw new Error('no option');
    expect(call.price?.toFixed()).toBe('2.45');
    expect(call.impliedVolatility).toBeGreaterThan(0.15);
    expect(call.impliedVolatility).toBeLessThan(0.35);
    expect((await database.prisma.snapshotUnderlying.findMany()).map(({ name }) => name)).toEqual(['Zed, A']);
  });

  it('names the content: neither packing nor the order of rows or columns of text changes the id', async () => {
    const { id } = await load(folder(SMALL));
    const reversed = Object.fromEntries(
      Object.entries(SMALL).map(([name, rows]) => [name, [...rows].reverse()]),
    ) as unknown as FolderContent;
    const again = await load(folder(reversed, ['instruments', 'quotes', 'underlyings', 'rates']));
    expect(again).toMatchObject({ id, isNew: false });
    const rewritten = { ...SMALL, quotes: SMALL.quotes.map((row) => row.replace('2.40', '2.4000')) };
    expect(await load(folder(rewritten))).toMatchObject({ id, isNew: false });
    expect((await load(folder(SMALL), 'other')).id).not.toBe(id);
    expect((await loadContent({ quotes: [quote('ZZA', 'C', 100, '2.40', '2.51'), SMALL.quotes[1]] })).id).not.toBe(id);
    expect((await loadContent({ underlyings: ['ZZA,"Zed, A",equity,100.01,0.01,'] })).id).not.toBe(id);
  });

  it('changes nothing the second time, and says the same', async () => {
    const first = await load(folder(SMALL));
    const before = await database.prisma.marketSnapshot.findMany();
    const second = await load(folder(SMALL));
    expect(second).toEqual({ ...first, isNew: false });
    expect(await database.prisma.marketSnapshot.findMany()).toEqual(before);
    expect(await database.prisma.optionQuote.count()).toBe(2);
  });

  it('is stored once however many load it at the same time', async () => {
    const path = folder(SMALL);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => load(path)));
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(1);
  });

  it('lets two snapshots of the same instruments load at the same time', async () => {
    const outcomes = await Promise.all(['a', 'b', 'c'].map((feed) => load(folder(SMALL), feed)));
    expect(outcomes.map(({ isNew }) => isNew)).toEqual([true, true, true]);
    expect(await database.prisma.instrument.count()).toBe(3);
  });

  it('flags what is doubtful and prices what can be priced', async () => {
    const strikes = [60, 90, 100, 105, 110, 115, 120, 125];
    const { id, report } = await loadContent({
      instruments: [...strikes.map((strike) => contract('ZZA', 'C', strike)), contract('ZZA', 'P', 100)],
      quotes: [
        quote('ZZA', 'C', 60, '30', '31'), // 40 in the money
        quote('ZZA', 'C', 90, '11', '11.4'),
        quote('ZZA', 'C', 100, '20', '20.2'), // against a put at 2.15
        quote('ZZA', 'P', 100, '2.10', '2.20'),
        quote('ZZA', 'C', 105, '1.2', '1.1'),
        quote('ZZA', 'C', 110, '0', '0.6'),
        quote('ZZA', 'C', 115, '0', '0'),
        quote('ZZA', 'C', 120, '', '0.3'),
        quote('ZZA', 'C', 125, '0.1', '0.3'),
      ],
    });
    const stored = await options(id);
    const flags = (right: 'C' | 'P', strike: number) => stored.get(osi('ZZA', right, strike))?.flags;
    expect(flags('C', 60)).toEqual(['BELOW_INTRINSIC']);
    expect(flags('C', 90)).toEqual([]);
    expect(flags('C', 100)).toEqual(['PARITY_BREAK']);
    expect(flags('P', 100)).toEqual(['PARITY_BREAK']);
    expect(flags('C', 105)).toEqual(['CROSSED']);
    expect(flags('C', 110)).toEqual(['NO_BID']);
    expect(flags('C', 115)).toEqual(['NO_QUOTE']);
    expect(flags('C', 120)).toEqual(['MISSING_SIDE']);
    expect(flags('C', 125)).toEqual(['WIDE']);
    expect(report.flags).toEqual({
      ...{ BELOW_INTRINSIC: 1, CROSSED: 1, MISSING_SIDE: 1, NO_BID: 1, NO_QUOTE: 1, PARITY_BREAK: 2, WIDE: 1 },
    });
    expect(report.flaggedContracts).toBe(8);
    expect(stored.get(osi('ZZA', 'C', 110))).toMatchObject({ price: '0.3', volatilitySource: 'SOLVED' });
    expect(stored.get(osi('ZZA', 'C', 115))).toMatchObject({ price: null, impliedVolatility: null });
    expect(stored.get(osi('ZZA', 'C', 120))).toMatchObject({ price: null, bid: null, volatilitySource: null });
    // Marked below what it is worth at no volatility: the nearest strike's stands in, and it says so.
    expect(stored.get(osi('ZZA', 'C', 60))).toMatchObject({
      volatilitySource: 'NEIGHBOUR_STRIKE',
      impliedVolatility: stored.get(osi('ZZA', 'C', 90))?.impliedVolatility,
    });
    expect(report.volatilities).toMatchObject({ NEIGHBOUR_STRIKE: 1, NONE: 2 });
  });

  it('states every substitute for a volatility', async () => {
    const { report, id } = await loadContent({
      instruments: [contract('ZZA', 'C', 60), contract('ZZA', 'P', 60), contract('ZZB', 'C', 60)],
      quotes: [
        quote('ZZA', 'C', 60, '38', '39.9'),
        quote('ZZA', 'P', 60, '0.1', '0.14'),
        quote('ZZB', 'C', 60, '38', '39.9'),
      ],
      underlyings: ['ZZA,,equity,100,0,', 'ZZB,,equity,100,0,'],
    });
    const stored = await options(id);
    expect(stored.get(osi('ZZA', 'C', 60))).toMatchObject({ volatilitySource: 'PARITY_PARTNER' });
    expect(stored.get(osi('ZZB', 'C', 60))).toMatchObject({ volatilitySource: 'FLOOR', impliedVolatility: 0.01 });
    expect(report.volatilities).toEqual({ FLOOR: 1, PARITY_PARTNER: 1, SOLVED: 1 });
  });

  it('keeps an adjusted contract without valuing it', async () => {
    const row = contract('ZZA1', 'C', 100, { type: 'adjusted_equity_option', underlying: 'ZZA' });
    const { id } = await loadContent({ instruments: [row], quotes: [quote('ZZA1', 'C', 100, '3', '3.1')] });
    expect((await options(id)).get(osi('ZZA1', 'C', 100))).toMatchObject({
      ...{ adjusted: true, underlying: 'ZZA', price: '3.05', impliedVolatility: null, flags: ['ADJUSTED_DELIVERABLE'] },
    });
  });

  it('values an adjusted contract on what it is said to deliver', async () => {
    const changes = { type: 'adjusted_equity_option', underlying: 'ZZA', deliverable: '25 ZZA + 1500 USD' };
    const { id } = await loadContent({
      instruments: [contract('ZZA1', 'C', 40, changes)],
      quotes: [quote('ZZA1', 'C', 40, '1.9', '2.1')],
    });
    // A quarter of 100 and 15 in cash are 40 a unit.
    expect((await options(id)).get(osi('ZZA1', 'C', 40))).toMatchObject({
      ...{ deliverable: '25 ZZA + 1500 USD', volatilitySource: 'SOLVED', flags: ['ADJUSTED_DELIVERABLE'] },
      impliedVolatility: expect.closeTo(0.43, 1),
    });
  });

  it('solves options on futures on the future, and warrants on their share', async () => {
    const own = { root: '', multiplier: '50' };
    const { id, report } = await loadContent({
      instruments: [
        contract('ZZA', 'C', 100, { ...own, symbol: 'ZZF6C100', type: 'future_option', underlying: 'ZZF6' }),
        contract('ZZA', 'C', 100, { ...own, symbol: 'ZZA.WS', type: 'warrant' }),
        contract('ZZA', 'C', 100, { ...own, symbol: 'ZZG6C100', type: 'future_option', underlying: 'ZZG6' }),
      ],
      quotes: ['ZZF6C100,3,3.2,,,', 'ZZA.WS,3,3.2,,,'],
      futures: ['ZZF6,ZZA,2026-09-18,50,102.5', 'ZZX6,ZZX,2026-09-18,50,1', 'ZZA,ZZA,2026-09-18,50,1'],
    });
    const stored = await options(id);
    const solved = { volatilitySource: 'SOLVED', right: 'CALL' };
    expect(stored.get('ZZF6C100')).toMatchObject({ ...solved, form: 'ON_FUTURE', underlying: 'ZZF6' });
    expect(stored.get('ZZA.WS')).toMatchObject({ ...solved, form: 'WARRANT', underlying: 'ZZA' });
    // The future is dearer than the share, so that the same price means less volatility.
    expect(stored.get('ZZF6C100')!.impliedVolatility).toBeLessThan(stored.get('ZZA.WS')!.impliedVolatility!);
    expect(report.refused).toEqual([
      { file: 'futures', code: 'CONTRADICTION', count: 1 },
      { file: 'futures', code: 'UNKNOWN_UNDERLYING', count: 1 },
      { file: 'instruments', code: 'UNKNOWN_UNDERLYING', count: 1 },
    ]);
    const market = (await new SnapshotRepository(database).market(id))!;
    await market.load(['ZZF6C100']);
    expect(market.instrument('ZZF6C100')).toMatchObject({ form: 'ON_FUTURE', strike: 100, expiry: '2026-09-18' });
    expect(market.instrument('ZZF6')).toMatchObject({ kind: 'FUTURE', underlying: 'ZZA' });
  });

  it('carries an index without a yield at the forward that its calls and puts imply, and says so', async () => {
    const strikes = [95, 100, 105, 110];
    const european = { type: 'index_option', style: 'european' };
    // Call less put is what 28 days at 4 % make of 103 less the strike: far from the index at 100.
    const calls = [8.5, 5.2, 2.7, 1.2];
    const discount = 0.99694;
    const sides = (middle: number) => [(middle - 0.05).toFixed(4), (middle + 0.05).toFixed(4)] as const;
    const content = {
      instruments: strikes.flatMap((strike) => [
        contract('ZZI', 'C', strike, european),
        contract('ZZI', 'P', strike, european),
      ]),
      quotes: strikes.flatMap((strike, i) => [
        quote('ZZI', 'C', strike, ...sides(calls[i])),
        quote('ZZI', 'P', strike, ...sides(calls[i] - discount * (103 - strike))),
      ]),
    };
    const stated = await loadContent({ ...content, underlyings: ['ZZI,,index,100,0,'] });
    expect(stated.report.impliedForwards).toEqual([]);
    expect(stated.report.flags).toMatchObject({ PARITY_BREAK: 8 });
    const { id, report } = await loadContent({ ...content, underlyings: ['ZZI,,index,100,,'] });
    expect(report.impliedForwards).toEqual([
      { symbol: 'ZZI', root: 'ZZI', expiry: '2026-09-18', forward: expect.closeTo(103, 2), pairs: 4 },
    ]);
    expect(report.flags).toEqual({});
    expect(report.volatilities).toEqual({ SOLVED: 8 });
    const volatility = async (right: 'C' | 'P') => (await options(id)).get(osi('ZZI', right, 100))!.impliedVolatility;
    expect(await volatility('C')).toBeCloseTo((await volatility('P'))!, 2);
    const market = (await new SnapshotRepository(database).market(id))!;
    expect(market.instrument('ZZI')).toMatchObject({ forwards: [{ source: 'PARITY_IMPLIED', pairs: 4, rate: null }] });
  });

  it('stores the same options whatever the order of the files, expiry by expiry', async () => {
    const strikes = Array.from({ length: 40 }, (_, i) => 80 + i);
    const content = {
      ...SMALL,
      instruments: strikes.flatMap((strike) => [contract('ZZA', 'C', strike), contract('ZZB', 'P', strike)]),
      quotes: strikes.flatMap((strike) => [
        quote('ZZA', 'C', strike, String(Math.max(100 - strike, 0) + 1), String(Math.max(100 - strike, 0) + 1.5)),
        quote('ZZB', 'P', strike, String(Math.max(strike - 90, 0) + 1), String(Math.max(strike - 90, 0) + 1.5)),
      ]),
      underlyings: ['ZZA,,equity,100,0,', 'ZZB,,equity,90,0,'],
    };
    const first = await load(folder(content), 'a');
    const reversed = { ...content, instruments: content.instruments.toReversed(), quotes: content.quotes.toReversed() };
    const second = await load(folder(reversed), 'b');
    const without = async (id: string) =>
      [...(await options(id)).values()].map(({ snapshotId: _, ...option }) => JSON.stringify(option)).sort();
    expect(await without(second.id)).toEqual(await without(first.id));
  });

  it('leaves nothing behind when the last write fails, and can be tried again', async () => {
    const owner = new Client({ connectionString: fresh.url });
    await owner.connect();
    await owner.query(`
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
      CREATE TRIGGER fail AFTER INSERT ON option_quotes FOR EACH STATEMENT EXECUTE FUNCTION fail()`);
    await expect(load(folder(SMALL))).rejects.toThrow('disk full');
    expect(await database.prisma.marketSnapshot.count()).toBe(0);
    expect(await database.prisma.instrument.count()).toBe(0);
    await owner.query('DROP TRIGGER fail ON option_quotes');
    await owner.end();
    expect((await load(folder(SMALL))).isNew).toBe(true);
  });

  it('tells how far it is, stage by stage', async () => {
    const told: ImportProgress[] = [];
    const options = { feed: 'main', source: 'small', onProgress: (progress: ImportProgress) => told.push(progress) };
    await importSnapshot(database, snapshotFiles(folder(SMALL, ['quotes'])), options);
    const finished = told.filter(({ isFinished }) => isFinished);
    expect(finished.map(({ stage }) => stage)).toEqual([
      ...['underlyings', 'instruments', 'quotes', 'comparison', 'volatilities', 'storage'],
    ]);
    for (const { done, total } of finished) expect(done).toBe(total);
    expect(finished[4].total).toBe(2);
  });

  it('takes the instant that is stated, in winter as in summer', async () => {
    const rates = ['2026-01-16,par,0.25,4'];
    const winter = { ...SMALL, rates };
    expect((await load(folder(winter))).asOf).toBe('2026-01-16T21:00:00.000Z');
    const files = snapshotFiles(folder(winter));
    const stated = { feed: 'main', source: 'small', asOf: '2026-01-16T10:30:00-05:00' };
    expect((await importSnapshot(database, files, stated)).asOf).toBe('2026-01-16T15:30:00.000Z');
  });
});
