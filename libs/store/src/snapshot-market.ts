import { Decimal } from 'decimal.js';
import {
  type BondIssuer,
  type DeclaredDividend,
  exchangeDate,
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
 * A stored snapshot as a market. Underlyings, dividends and rates are there from the start; contracts are read when a
 * calculation is about to need them and stay, since a snapshot never changes.
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
  SELECT symbol, underlying, exercise, multiplier::text, adjusted, price::text, implied_volatility, volatility_source,
         flags::text[]
  FROM option_quotes WHERE snapshot_id = $1 AND symbol = ANY ($2)`;
const FUTURES = `
  SELECT symbol, underlying, price::text, expiry::text, multiplier::text
  FROM future_quotes WHERE snapshot_id = $1 AND symbol = ANY ($2)`;

/** Undefined where there is no such snapshot. */
export async function openSnapshotMarket(pool: Pool, id: string): Promise<SnapshotMarket | undefined> {
  const { rows } = await pool.query<{ as_of: Date }>('SELECT as_of FROM market_snapshots WHERE id = $1', [id]);
  if (rows.length === 0) return undefined;
  const [underlyings, dividends, rates] = await Promise.all([
    pool.query<UnderlyingRow>(UNDERLYINGS, [id]),
    pool.query<DividendRow>(DIVIDENDS, [id]),
    pool.query<ZeroRate>(RATES, [id]),
  ]);
  const dividendsBySymbol = new Map<string, DeclaredDividend[]>();
  for (const { symbol, ex_date: exDate, amount } of dividends.rows) {
    const known = dividendsBySymbol.get(symbol);
    if (known === undefined) dividendsBySymbol.set(symbol, [{ exDate, amount }]);
    else known.push({ exDate, amount });
  }
  const instruments = new Map<string, Instrument>(
    underlyings.rows.map((row) => [row.symbol, underlying(row, dividendsBySymbol.get(row.symbol) ?? [])]),
  );
  const asOf = rows[0].as_of.toISOString();
  return {
    snapshotId: id,
    asOf,
    valuationDate: exchangeDate(asOf),
    afterClose: isAfterClose(asOf),
    rates: rates.rows,
    instrument: (symbol) => instruments.get(symbol),
    async load(symbols) {
      const missing = [...new Set(symbols)].filter((symbol) => !instruments.has(symbol));
      if (missing.length === 0) return;
      const values = [id, missing];
      const [options, futures] = await Promise.all([
        pool.query<OptionRow>({ name: 'snapshot-options', text: OPTIONS, values }),
        pool.query<FutureRow>({ name: 'snapshot-futures', text: FUTURES, values }),
      ]);
      for (const row of options.rows) instruments.set(row.symbol, option(row));
      for (const row of futures.rows) instruments.set(row.symbol, future(row));
    },
  };
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

function underlying(row: UnderlyingRow, dividends: readonly DeclaredDividend[]): Underlying {
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
  // The database admits only symbols that parse.
  const { right, expiry, strike } = osiSymbol(row.symbol)!;
  return {
    kind: 'OPTION',
    symbol: row.symbol,
    underlying: row.underlying,
    right,
    expiry,
    strike,
    exercise: row.exercise,
    multiplier: new Decimal(row.multiplier),
    adjusted: row.adjusted,
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
