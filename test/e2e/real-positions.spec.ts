import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { osiSymbol } from '@app/market';
import { parse } from 'csv-parse/sync';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import type { Answer } from '../support/service.js';

type Json = Answer['json'];
type Row = Readonly<Record<string, string>>;

/** What a real account held on one date. */
interface Book {
  readonly source: string;
  readonly date: string;
  readonly positions: readonly { readonly symbol: string; readonly quantity: string }[];
  readonly underlyings: readonly string[];
}

const DATA = join(__dirname, '../../../shared/data');
const POSITIONS = join(DATA, 'portfolios/derived_positions_by_date.csv');
const ORDERS = join(DATA, 'portfolios/derived_orders.csv');
/** Dates of the real chains: one is in its folder's name, the others in a column. */
const CHAINS = join(DATA, 'us-options-2014-2020/underlyings.csv');
const LATEST_CHAIN = '2026-08-21';

/** Daily multiples of the funds among them; the rest are shares. */
const LEVERAGE: Readonly<Record<string, number>> = { TSLL: 2 };
const DATES_A_CALL = 20;

const rows = (path: string): Row[] => parse(readFileSync(path), { columns: true }) as Row[];

const real = existsSync(POSITIONS) ? describe : describe.skip;

real('real positions under both regimes (skipped where ../shared/data is absent)', () => {
  let service: DemoService;
  let books: readonly Book[];
  /** Last fill of a symbol on a date. */
  let fills: ReadonlyMap<string, string>;
  beforeAll(async () => {
    service = await startDemoService();
    books = booksOf(rows(POSITIONS));
    fills = new Map(
      rows(ORDERS)
        .filter(({ fill_price: price }) => price !== '')
        .map((row) => [`${row.timestamp.slice(0, 10)} ${row.symbol}`, row.fill_price]),
    );
  });
  afterAll(() => service.close());

  const analyse = (body: unknown): Promise<Answer> =>
    service.call('POST', '/v1/shadow-analyses', { key: 'demo-desk', body });

  /** Why a book has no prices of its date; undefined where that day's own trades price all of it. */
  function reason({ date, positions, underlyings }: Book): string | undefined {
    if (positions.some(({ symbol }) => symbol.startsWith('.'))) return 'options on futures';
    const missing = [...positions.map(({ symbol }) => symbol), ...underlyings].filter(
      (symbol) => !fills.has(`${date} ${symbol}`),
    );
    return missing.length === 0 ? undefined : 'not every position and underlying was traded that day';
  }

  function priced({ date, positions, underlyings }: Book): object {
    const price = (symbol: string) => fills.get(`${date} ${symbol}`)!;
    const options = positions.map(({ symbol }) => symbol).filter((symbol) => osiSymbol(symbol) !== undefined);
    return {
      account: { cash: '50000' },
      positions,
      market: {
        asOf: `${date}T18:00:00.000Z`,
        rates: [{ days: 30, rate: 0.043 }],
        underlyings: underlyings.map((symbol) => ({
          ...{ symbol, type: symbol in LEVERAGE ? 'ETF' : 'EQUITY', price: price(symbol), productClass: 'EQUITY' },
          ...{ classGroup: symbol, leverage: LEVERAGE[symbol] ?? 1 },
        })),
        options: options.map((symbol) => ({ symbol, price: price(symbol), exercise: 'AMERICAN', multiplier: 100 })),
      },
      allowPartial: true,
    };
  }

  /** Shares and calls written on no more than these. */
  function isCovered({ positions }: Book): boolean {
    return positions.every(({ symbol, quantity }) => osiSymbol(symbol) === undefined || Number(quantity) < 0);
  }

  function inTheMoney({ date, positions, underlyings: [underlying] }: Book): number {
    const spot = Number(fills.get(`${date} ${underlying}`));
    return positions.reduce((dollars, { symbol, quantity }) => {
      const call = osiSymbol(symbol);
      return call === undefined ? dollars : dollars + Math.max(0, spot - call.strike) * 100 * -Number(quantity);
    }, 0);
  }

  it('no snapshot of any of their dates is among the real chains: the answer says so date by date', async () => {
    const chains = new Set([LATEST_CHAIN, ...rows(CHAINS).map(({ date }) => date)]);
    const dates = [...new Set(books.map(({ date }) => date))];
    expect(dates.filter((date) => chains.has(date))).toEqual([]);
    for (let start = 0; start < dates.length; start += DATES_A_CALL) {
      const asked = dates.slice(start, start + DATES_A_CALL);
      const { positions } = books.find(({ date }) => date === asked[0])!;
      const isOsi = positions.every(({ symbol }) => !symbol.startsWith('.'));
      const held = isOsi ? positions : [{ symbol: 'HLVN', quantity: 1 }];
      const { status, json } = await analyse({ account: { cash: 0 }, positions: held, dates: asked });
      expect([status, json.errors.map(({ pointer, code }: Json) => `${code} ${pointer}`)]).toEqual([
        422,
        asked.map((_, index) => `snapshot.missing /dates/${index}`),
      ]);
    }
  });

  it('are priced by the trades of their own date, or it is said why not', () => {
    const reasons = new Map<string, number>();
    for (const book of books) {
      const why = reason(book) ?? 'priced';
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
    }
    expect(Object.fromEntries(reasons)).toEqual({
      priced: 14,
      'options on futures': 5,
      'not every position and underlying was traded that day': 110,
    });
  });

  it('are judged whole under both regimes, each position in one strategy', async () => {
    for (const book of books.filter((each) => reason(each) === undefined)) {
      const { status, json } = await analyse(priced(book));
      expect([book.date, status, json.complete]).toEqual([book.date, 200, true]);
      const [{ total, underlyings }] = json.days;
      const freed = Number(total.portfolioMarginExcess) - Number(total.regTExcess);
      expect(Number(total.capitalFreed)).toBeCloseTo(freed, 2);
      expect(underlyings.every(({ optimal }: Json) => optimal)).toBe(true);
      expect(held(underlyings)).toEqual(
        new Map(book.positions.map(({ symbol, quantity }) => [symbol, Number(quantity)])),
      );
      if (!isCovered(book)) continue;
      // By hand: half of the shares of a fund of twice the index, what is in the money of each call on them.
      const shares = Number(total.longMarketValue);
      const byHand = 0.5 * shares + inTheMoney(book);
      expect([book.date, total.regTInitial]).toEqual([book.date, (Math.ceil(byHand * 100 - 1e-6) / 100).toFixed(2)]);
      // Twice 15 % down, and the calls only gain there.
      expect(Number(total.portfolioMargin)).toBeLessThanOrEqual(0.3 * shares);
    }
  });
});

function held(underlyings: readonly Json[]): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const { symbol, quantity } of underlyings.flatMap(({ strategies }) => strategies).flatMap(({ legs }) => legs)) {
    quantities.set(symbol, (quantities.get(symbol) ?? 0) + Number(quantity));
  }
  return quantities;
}

function booksOf(lines: readonly Row[]): Book[] {
  const byDate = new Map<string, Row[]>();
  for (const line of lines) {
    const key = `${line.source} ${line.date}`;
    byDate.set(key, [...(byDate.get(key) ?? []), line]);
  }
  return [...byDate.values()].map((members) => ({
    source: members[0].source,
    date: members[0].date,
    positions: members.map(({ symbol, quantity }) => ({ symbol, quantity })),
    underlyings: [...new Set(members.map(({ underlying }) => underlying))],
  }));
}
