import type { Client } from 'pg';
import type { Future, ZeroRate } from '@app/market';
import type { ImportReport } from './import-report.js';
import { OPTION_COLUMNS } from './option-line.js';
import type { NamedUnderlying } from './named-underlying.js';

/** A snapshot but for its options, which are staged. */
export interface SnapshotContent {
  readonly id: string;
  readonly asOf: string;
  readonly feed: string;
  readonly source: string;
  readonly rates: readonly ZeroRate[];
  readonly underlyings: readonly NamedUnderlying[];
  readonly futures: readonly Future[];
  readonly contractCount: number;
  readonly refusedCount: number;
  readonly flaggedCount: number;
  readonly report: ImportReport;
}

// The symbol says all of a listed option; it has been checked. In symbol order, so that two transactions that make the same
// instruments never wait for each other in a circle.
const INSTRUMENTS = `
  INSERT INTO instruments (symbol, kind, root, expiry, "right", strike)
  SELECT symbol, kind, CASE WHEN kind = 'OPTION' THEN rtrim(left(symbol, 6)) END,
    CASE WHEN kind = 'OPTION' THEN ('20' || substr(symbol, 7, 6))::date END,
    CASE WHEN kind = 'OPTION' THEN (CASE substr(symbol, 13, 1) WHEN 'C' THEN 'CALL' ELSE 'PUT' END)::option_right END,
    CASE WHEN kind = 'OPTION' THEN right(symbol, 8)::numeric / 1000 END
  FROM (
    SELECT symbol, (CASE form WHEN 'LISTED' THEN 'OPTION' WHEN 'WARRANT' THEN 'WARRANT' ELSE 'FUTURE_OPTION' END)
      ::instrument_kind AS kind FROM staged_options
    UNION ALL SELECT unnest($1::text[]), 'UNDERLYING'
    UNION ALL SELECT unnest($2::text[]), 'FUTURE'
  ) named ORDER BY symbol COLLATE "C"
  ON CONFLICT DO NOTHING`;
const SNAPSHOT = `
  INSERT INTO market_snapshots (id, as_of, feed, source, underlying_count, contract_count, future_count, refused_count,
    flagged_count, report)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
const RATES = `
  INSERT INTO snapshot_rates (snapshot_id, days, rate)
  SELECT $1, days, rate FROM json_to_recordset($2) AS r (days int, rate float8)`;
const UNDERLYINGS = `
  INSERT INTO snapshot_underlyings (snapshot_id, symbol, name, type, price, price_date, product_class, class_group,
    product_group, leverage, dividend_yield, portfolio_group, beta, market_cap, shares_outstanding,
    average_daily_volume, earnings_date, marginable, bond_issuer, bond_maturity)
  SELECT $1, r.* FROM json_to_recordset($2) AS r (symbol text, name text, type underlying_type, price numeric,
    "priceDate" date, "productClass" product_class, "classGroup" text, "productGroup" text, leverage float8,
    "dividendYield" float8, "portfolioGroup" text, beta float8, "marketCap" float8, "sharesOutstanding" float8,
    "averageDailyVolume" float8, "earningsDate" date, marginable boolean, "bondIssuer" bond_issuer,
    "bondMaturity" date)`;
const DIVIDENDS = `
  INSERT INTO snapshot_dividends (snapshot_id, symbol, ex_date, amount)
  SELECT $1, r.* FROM json_to_recordset($2) AS r (symbol text, "exDate" date, amount numeric)`;
const FORWARDS = `
  INSERT INTO snapshot_forwards (snapshot_id, symbol, expiry, root, forward, rate, source, pairs)
  SELECT $1, r.* FROM json_to_recordset($2) AS r (symbol text, expiry date, root text, forward float8, rate float8,
    source forward_source, pairs int)`;
const FUTURES = `
  INSERT INTO future_quotes (snapshot_id, symbol, underlying, price, expiry, multiplier)
  SELECT $1, r.* FROM json_to_recordset($2) AS r (symbol text, underlying text, price numeric, expiry date,
    multiplier numeric)`;
const OPTIONS = `
  INSERT INTO option_quotes (snapshot_id, ${OPTION_COLUMNS})
  SELECT $1, ${OPTION_COLUMNS} FROM staged_options`;

/** True where a snapshot of that id is stored; waits for whoever is about to store it. Inside a transaction. */
export async function isStored(client: Client, id: string): Promise<boolean> {
  // The lock's number is the first 64 bits of the id; it ends with the transaction.
  await client.query(`SELECT pg_advisory_xact_lock(('x' || left($1, 16))::bit(64)::bigint)`, [id]);
  const { rowCount } = await client.query('SELECT FROM market_snapshots WHERE id = $1', [id]);
  return rowCount === 1;
}

/** Writes a snapshot with the staged options, inside the caller's transaction. */
export async function storeSnapshot(client: Client, content: SnapshotContent): Promise<void> {
  const { id, underlyings, futures } = content;
  await client.query(INSTRUMENTS, [
    underlyings.map(({ underlying }) => underlying.symbol),
    futures.map(({ symbol }) => symbol),
  ]);
  const counts = [
    underlyings.length,
    content.contractCount,
    futures.length,
    content.refusedCount,
    content.flaggedCount,
  ];
  const { asOf, feed, source, report } = content;
  await client.query(SNAPSHOT, [id, asOf, feed, source, ...counts, JSON.stringify(report)]);
  const insert = (sql: string, rows: readonly unknown[]) => client.query(sql, [id, JSON.stringify(rows)]);
  await insert(RATES, content.rates);
  await insert(
    UNDERLYINGS,
    underlyings.map(({ underlying: { bond, price, ...facts }, name }) => ({
      ...facts,
      ...{ name, price: price?.toFixed() ?? null },
      ...{ bondIssuer: bond?.issuer, bondMaturity: bond?.maturity },
    })),
  );
  await insert(
    DIVIDENDS,
    underlyings.flatMap(({ underlying: { symbol, dividends } }) =>
      dividends.map((dividend) => ({ symbol, ...dividend })),
    ),
  );
  await insert(
    FORWARDS,
    underlyings.flatMap(({ underlying: { symbol, forwards } }) => forwards.map((forward) => ({ symbol, ...forward }))),
  );
  await insert(
    FUTURES,
    futures.map((future) => ({
      ...future,
      price: future.price?.toFixed() ?? null,
      multiplier: future.multiplier.toFixed(),
    })),
  );
  await client.query(OPTIONS, [id]);
}
