import type { Database } from '@app/store';

export interface SmallSnapshot {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly asOf: string;
  readonly feed: string;
}

const UNDERLYINGS = [
  ['IBM', 'EQUITY', '97.73', null, 'EQUITY', 'IBM'],
  ['SPX', 'INDEX', '1451.19', null, 'HIGH_CAP_INDEX', 'SPX'],
  ['SPY', 'ETF', '145.30', null, 'HIGH_CAP_INDEX', 'SPX'],
  ['OLD', 'EQUITY', '10', '2007-02-20', 'EQUITY', 'OLD'],
] as const;

const OPTIONS = [
  ['IBM   070421C00100000', 'IBM', 'AMERICAN', '1.68', 0.2, 'SOLVED'],
  ['IBM   070421P00095000', 'IBM', 'AMERICAN', '1.45', 0.22, 'NEIGHBOUR_STRIKE'],
  ['SPX   070421P01400000', 'SPX', 'EUROPEAN', '14.30', 0.13, 'SOLVED'],
] as const;

/**
 * A market of 23 February 2007 as a stored snapshot: a share with two options (one volatility a substitute), an index
 * with an option and its fund, and a share whose price is old.
 */
export async function storeSmallMarket({ pool }: Database, snapshot: SmallSnapshot): Promise<void> {
  const client = await pool.connect();
  const { id, asOf, feed } = snapshot;
  try {
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO market_snapshots (id, as_of, feed, source, underlying_count, contract_count, future_count,
         refused_count, flagged_count, report) VALUES ($1, $2, $3, 'a test', 4, 3, 0, 0, 0, '{}')`,
      [id, asOf, feed],
    );
    await client.query('INSERT INTO snapshot_rates (snapshot_id, days, rate) VALUES ($1, 57, 0.0508)', [id]);
    for (const [symbol, type, price, priceDate, productClass, classGroup] of UNDERLYINGS) {
      await client.query(`INSERT INTO instruments (symbol, kind) VALUES ($1, 'UNDERLYING') ON CONFLICT DO NOTHING`, [
        symbol,
      ]);
      await client.query(
        `INSERT INTO snapshot_underlyings (snapshot_id, symbol, name, type, price, price_date, product_class, class_group,
           leverage, dividend_yield) VALUES ($1, $2, $2, $3, $4, $5, $6, $7, 1, 0)`,
        [id, symbol, type, price, priceDate, productClass, classGroup],
      );
    }
    for (const [symbol, underlying, exercise, price, volatility, source] of OPTIONS) {
      const right = symbol[12] === 'C' ? 'CALL' : 'PUT';
      await client.query(
        `INSERT INTO instruments (symbol, kind, root, expiry, "right", strike)
         VALUES ($1, 'OPTION', $2, '2007-04-21', $3, $4) ON CONFLICT DO NOTHING`,
        [symbol, underlying, right, Number(symbol.slice(13)) / 1000],
      );
      await client.query(
        `INSERT INTO option_quotes (snapshot_id, symbol, underlying, exercise, multiplier, adjusted, price,
           implied_volatility, volatility_source, flags) VALUES ($1, $2, $3, $4, 100, false, $5, $6, $7, '{}')`,
        [id, symbol, underlying, exercise, price, volatility, source],
      );
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
