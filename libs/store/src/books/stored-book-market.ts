import { accountMargin, isGaps, type MarginContext, valuation } from '@app/margin';
import type { Option, Underlying } from '@app/market';
import type { Position } from '@app/portfolio';
import { effectiveRules, regulatoryRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import type { Database } from '../database.js';
import { openSnapshotMarket } from '../snapshot-market.js';
import { bookMarket, type BookMarket } from './book-market.js';
import { BookError } from './book-error.js';
import type { BookMargin } from './generated-account.js';

/** A stored snapshot as books are drawn from it and margined on it. */
export interface StoredBookMarket {
  readonly snapshotId: string;
  readonly feed: string;
  readonly market: BookMarket;
  readonly margin: (positions: readonly Position[]) => BookMargin;
}

/** Underlyings at most, those with the most options: enough for a book, and few enough to stay in memory. */
const UNDERLYINGS_AT_MOST = 150;

// Options within 30 % of the spot that nothing is doubtful about, of the most widely listed underlyings.
const SYMBOLS = `
  WITH usable AS (
    SELECT o.symbol, o.underlying FROM option_quotes o
    JOIN market_snapshots s ON s.id = o.snapshot_id
    JOIN instruments i ON i.symbol = o.symbol
    JOIN snapshot_underlyings u ON u.snapshot_id = o.snapshot_id AND u.symbol = o.underlying
    WHERE o.snapshot_id = $1 AND o.price > 0 AND o.volatility_source IN ('SOLVED', 'GIVEN') AND o.flags = '{}'
      AND NOT o.adjusted AND u.price > 0 AND u.price_date IS NULL AND i.strike BETWEEN 0.7 * u.price AND 1.3 * u.price
      AND i.expiry > (s.as_of AT TIME ZONE 'America/New_York')::date
  ), listed AS (
    SELECT underlying FROM usable GROUP BY underlying ORDER BY count(*) DESC, underlying COLLATE "C" LIMIT $2
  )
  SELECT underlying, array_agg(symbol ORDER BY symbol COLLATE "C") AS symbols
  FROM usable JOIN listed USING (underlying) GROUP BY underlying`;

/** @throws BookError for a snapshot that is not there or that nothing can be built on. */
export async function storedBookMarket(database: Database, snapshotId: string): Promise<StoredBookMarket> {
  const [opened, found, snapshot] = await Promise.all([
    openSnapshotMarket(database.pool, snapshotId),
    database.pool.query<{ underlying: string; symbols: string[] }>(SYMBOLS, [snapshotId, UNDERLYINGS_AT_MOST]),
    database.prisma.marketSnapshot.findUnique({ where: { id: snapshotId }, select: { feed: true } }),
  ]);
  if (opened === undefined || snapshot === null) throw new BookError('There is no such snapshot.');
  const symbols = found.rows.flatMap((row) => row.symbols);
  await opened.load(symbols);
  const underlyings = found.rows.map(({ underlying }) => opened.instrument(underlying) as Underlying);
  const options = symbols.map((symbol) => opened.instrument(symbol) as Option);
  const market = bookMarket(underlyings, options);
  if (market.chains.length === 0) throw new BookError('The snapshot has no underlying with enough sound options.');
  const book = regulatoryRules(opened.valuationDate);
  if (book === undefined) throw new BookError('No portfolio margin rules are known for the day of the snapshot.');
  const rules = effectiveRules(book, [], opened.valuationDate);
  const context = { valuation: valuation(opened), rules, strictVolatility: false };
  return { snapshotId, feed: snapshot.feed, market, margin: (positions) => bookMargin(positions, context) };
}

function bookMargin(positions: readonly Position[], context: MarginContext): BookMargin {
  const margin = accountMargin({ cash: new Decimal(0), positions }, context);
  if (isGaps(margin)) throw new BookError(`A position cannot be margined: ${margin[0].code} ${margin[0].symbol}.`);
  return { requirement: new Decimal(margin.requirement).dividedBy(100), marketValue: margin.marketValue };
}
