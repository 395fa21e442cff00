import { Decimal } from 'decimal.js';
import {
  type BondIssuer,
  type DeclaredDividend,
  deliverableOf,
  exchangeDate,
  type Forward,
  type Future,
  type Instrument,
  isAfterClose,
  type Market,
  type Option,
  osiSymbol,
  type Underlying,
  type ZeroRate,
} from '@app/market';
import type { Pool } from 'pg';

/**
 * A stored snapshot as a market. Underlyings with what carries them, futures and rates are there from the start; options
 * are read when a calculation is about to need them and stay, since a snapshot never changes.
 */
export interface SnapshotMarket extends Market {
  readonly snapshotId: string;
  /** Reads whichever of these symbols are not there yet. A symbol the snapshot does not have stays unknown. */
  load(symbols: Iterable<string>): Promise<void>;
}

// Dates as text: a Date would pass through the process's time zone.
const UNDERLYINGS = `
  SELECT symbol, type, price::text, price_date::text, product_class, class_group, product_group, leverage, dividend_yield,
         portfolio_group, beta, market_cap, shares_outstanding, average_daily_volume, earnings_date::text, marginable, bond_issuer,
         bond_maturity::text
  FROM snapshot_underlyings WHERE snapshot_id = $1`;
const DIVIDENDS = `
  SELECT symbol, ex_date::text, amount::float8 FROM snapshot_dividends WHERE snapshot_id = $1 ORDER BY symbol, ex_date`;
const RATES = 'SELECT days, rate FROM snapshot_rates WHERE snapshot_id = $1 ORDER BY days';
const OPTIONS = `
  SELECT symbol, form, underlying, "right", expiry::text, strike::float8, exercise, multiplier::text, adjusted, deliverable,
         price::text, implied_volatility, volatility_source, flags::text[]
  FROM option_quotes WHERE snapshot_id = $1 AND symbol = ANY ($2)`;
const FUTURES = `
  SELECT symbol, underlying, price::text, expiry::text, multiplier::text FROM future_quotes WHERE snapshot_id = $1`;
const FORWARDS = `
  SELECT symbol, expiry::text, root, forward, rate, source, pairs
  FROM snapshot_forwards WHERE snapshot_id = $1 ORDER BY symbol, expiry, root COLLATE "C"`;

/** Undefined where there is no such snapshot. */
export async function openSnapshotMarket(pool: Pool, id: string): Promise<SnapshotMarket | undefined> {
  const { rows } = await pool.query<{ as_of: Date }>('SELECT as_of FROM market_snapshots WHERE id = $1', [id]);
  if (rows.length === 0) return undefined;
  const [underlyings, dividends, forwards, rates, futures] = await Promise.all([
    pool.query<UnderlyingRow>(UNDERLYINGS, [id]),
    pool.query<DividendRow>(DIVIDENDS, [id]),
    pool.query<ForwardRow>(FORWARDS, [id]),
    pool.query<ZeroRate>(RATES, [id]),
    pool.query<FutureRow>(FUTURES, [id]),
  ]);
  const dividendsOf = bySymbol(
    dividends.rows.map(({ symbol, ex_date, amount }) => [symbol, { exDate: ex_date, amount }]),
  );
  const forwardsOf = bySymbol(forwards.rows.map(({ symbol, ...forward }) => [symbol, forward]));
  const instruments = new Map<string, Instrument>(
    underlyings.rows.map((row) => [row.symbol, underlying(row, dividendsOf(row.symbol), forwardsOf(row.symbol))]),
  );
  for (const row of futures.rows) instruments.set(row.symbol, future(row));
  const asOf = rows[0].as_of.toISOString();
  return {
    snapshotId: id,
    asOf,
    valuationDate: exchangeDate(asOf),
    afterClose: isAfterClose(asOf),
    rates: rates.rows,
    instrument: (symbol) => instruments.get(symbol),
    async load(symbols) {
      const missing = new Set<string>();
      for (const symbol of symbols) if (!instruments.has(symbol)) missing.add(symbol);
      if (missing.size === 0) return;
      const values = [id, [...missing]];
      const { rows } = await pool.query<OptionRow>({ name: 'snapshot-options', text: OPTIONS, values });
      for (const row of rows) instruments.set(row.symbol, option(row));
    },
  };
}

/** Lists by symbol, in the order of the pairs. */
function bySymbol<Entry>(
  pairs: readonly (readonly [symbol: string, entry: Entry])[],
): (symbol: string) => readonly Entry[] {
  const lists = new Map<string, Entry[]>();
  for (const [symbol, entry] of pairs) {
    const known = lists.get(symbol);
    if (known === undefined) lists.set(symbol, [entry]);
    else known.push(entry);
  }
  return (symbol) => lists.get(symbol) ?? [];
}

interface ForwardRow extends Forward {
  readonly symbol: string;
}

interface DividendRow {
  readonly symbol: string;
  readonly ex_date: string;
  readonly amount: number;
}

interface UnderlyingRow {
  readonly symbol: string;
  readonly type: Underlying['type'];
  readonly price: string | null;
  readonly price_date: string | null;
  readonly product_class: Underlying['productClass'];
  readonly class_group: string;
  readonly product_group: string | null;
  readonly leverage: number;
  readonly dividend_yield: number;
  readonly portfolio_group: string | null;
  readonly beta: number | null;
  readonly market_cap: number | null;
  readonly shares_outstanding: number | null;
  readonly average_daily_volume: number | null;
  readonly earnings_date: string | null;
  readonly marginable: boolean;
  readonly bond_issuer: BondIssuer | null;
  readonly bond_maturity: string | null;
}

function underlying(
  row: UnderlyingRow,
  dividends: readonly DeclaredDividend[],
  forwards: readonly Forward[],
): Underlying {
  return {
    kind: 'UNDERLYING',
    symbol: row.symbol,
    type: row.type,
    price: decimal(row.price),
    priceDate: row.price_date,
    productClass: row.product_class,
    classGroup: row.class_group,
    productGroup: row.product_group,
    leverage: row.leverage,
    dividendYield: row.dividend_yield,
    dividends,
    forwards,
    portfolioGroup: row.portfolio_group,
    beta: row.beta,
    marketCap: row.market_cap,
    sharesOutstanding: row.shares_outstanding,
    averageDailyVolume: row.average_daily_volume,
    earningsDate: row.earnings_date,
    marginable: row.marginable,
    // The database admits both or neither.
    bond: row.bond_issuer === null ? null : { issuer: row.bond_issuer, maturity: row.bond_maturity! },
  };
}

interface OptionRow {
  readonly symbol: string;
  readonly form: Option['form'];
  /** These three are null where the symbol says them. */
  readonly right: Option['right'] | null;
  readonly expiry: string | null;
  readonly strike: number | null;
  readonly deliverable: string | null;
  readonly underlying: string;
  readonly exercise: Option['exercise'];
  readonly multiplier: string;
  readonly adjusted: boolean;
  readonly price: string | null;
  readonly implied_volatility: number | null;
  readonly volatility_source: Option['volatilitySource'];
  readonly flags: Option['flags'];
}

function option(row: OptionRow): Option {
  // The database admits only listed symbols that parse, and the terms of the others whole.
  const { right, expiry, strike } = row.form === 'LISTED' ? osiSymbol(row.symbol)! : row;
  return {
    kind: 'OPTION',
    form: row.form,
    symbol: row.symbol,
    underlying: row.underlying,
    right: right!,
    expiry: expiry!,
    strike: strike!,
    exercise: row.exercise,
    multiplier: new Decimal(row.multiplier),
    adjusted: row.adjusted,
    deliverable: row.deliverable === null ? null : (deliverableOf(row.deliverable) ?? null),
    price: decimal(row.price),
    impliedVolatility: row.implied_volatility,
    volatilitySource: row.volatility_source,
    flags: row.flags,
  };
}

interface FutureRow {
  readonly symbol: string;
  readonly underlying: string;
  readonly price: string | null;
  readonly expiry: string;
  readonly multiplier: string;
}

function future(row: FutureRow): Future {
  return {
    kind: 'FUTURE',
    symbol: row.symbol,
    underlying: row.underlying,
    price: decimal(row.price),
    expiry: row.expiry,
    multiplier: new Decimal(row.multiplier),
  };
}

function decimal(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text);
}
