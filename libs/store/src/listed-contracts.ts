import { Decimal } from 'decimal.js';
import type { Database } from './database.js';

/** Best bid and offer of one contract in a snapshot, money per share; null where a side is absent. */
export interface ContractQuote {
  readonly symbol: string;
  readonly bid: Decimal | null;
  readonly ask: Decimal | null;
}

const QUOTES = `
  SELECT symbol, bid::text, ask::text FROM option_quotes WHERE snapshot_id = $1 AND symbol = ANY ($2)`;

// The nearest strikes of the first expiries that are more than a week off: what is traded, and does not expire tomorrow.
const NEAR_THE_MONEY = `
  SELECT symbol FROM (
    SELECT quote.symbol,
      dense_rank() OVER (PARTITION BY quote.underlying ORDER BY contract.expiry) AS expiry_rank,
      row_number() OVER (
        PARTITION BY quote.underlying, contract.expiry, contract."right"
        ORDER BY abs(contract.strike - underlying.price), quote.symbol
      ) AS strike_rank
    FROM option_quotes quote
    JOIN instruments contract ON contract.symbol = quote.symbol
    JOIN snapshot_underlyings underlying
      ON underlying.snapshot_id = quote.snapshot_id AND underlying.symbol = quote.underlying
    JOIN market_snapshots snapshot ON snapshot.id = quote.snapshot_id
    WHERE quote.snapshot_id = $1 AND quote.underlying = ANY ($2)
      AND NOT quote.adjusted AND quote.price > 0 AND quote.flags = '{}'
      AND contract.expiry > (snapshot.as_of AT TIME ZONE 'America/New_York')::date + 7
  ) listed
  WHERE expiry_rank <= $3 AND strike_rank <= $4
  ORDER BY symbol`;

/** Of the options among `symbols` that the snapshot quotes. */
export async function contractQuotes(
  { pool }: Database,
  snapshotId: string,
  symbols: readonly string[],
): Promise<readonly ContractQuote[]> {
  const { rows } = await pool.query<{ symbol: string; bid: string | null; ask: string | null }>(QUOTES, [
    snapshotId,
    symbols,
  ]);
  const side = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));
  return rows.map(({ symbol, bid, ask }) => ({ symbol, bid: side(bid), ask: side(ask) }));
}

/** Options on these underlyings that a hedge may use: of so many expiries, so many strikes of each right. */
export async function contractsNearTheMoney(
  { pool }: Database,
  snapshotId: string,
  underlyings: readonly string[],
  { expiries, strikes }: { readonly expiries: number; readonly strikes: number },
): Promise<readonly string[]> {
  const values = [snapshotId, underlyings, expiries, strikes];
  const { rows } = await pool.query<{ symbol: string }>(NEAR_THE_MONEY, values);
  return rows.map(({ symbol }) => symbol);
}
