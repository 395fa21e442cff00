import { LRUCache } from 'lru-cache';
import type { Database } from './database.js';
import type { MarketSnapshot } from './generated/client.js';
import { contractQuotes, type ContractQuote, contractsNearTheMoney } from './listed-contracts.js';
import { openSnapshotMarket, type SnapshotMarket } from './snapshot-market.js';

/** A snapshot without its prices. */
export type SnapshotSummary = Omit<MarketSnapshot, 'report'>;

export interface SnapshotPage {
  /** Only this feed's; undefined for all. */
  readonly feed: string | undefined;
  /** Those after this one in the listing: latest first. */
  readonly after: { readonly asOf: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Snapshots kept open: the latest, and a few that somebody asks about by id. */
const OPEN_AT_MOST = 4;

interface Opening {
  readonly market: Promise<SnapshotMarket | undefined>;
  /** Once it is open. */
  opened: SnapshotMarket | undefined;
}

// An exchange date is within a day of the same date in UTC: the bounds let the index on as_of find it.
const LATEST_ON = `
  SELECT id, as_of FROM market_snapshots
  WHERE as_of >= $1::date - 1 AND as_of < $1::date + 2
    AND (as_of AT TIME ZONE 'America/New_York')::date = $1::date AND ($2::text IS NULL OR feed = $2)
  ORDER BY as_of DESC, created_at DESC LIMIT 1`;

export class SnapshotRepository {
  private readonly open = new LRUCache<string, Opening>({ max: OPEN_AT_MOST });

  constructor(private readonly database: Database) {}

  /** Undefined where there is no such snapshot. One object an id, so that what is computed on it can be shared. */
  async market(id: string): Promise<SnapshotMarket | undefined> {
    const known = this.open.get(id);
    if (known !== undefined) return known.market;
    const opening: Opening = { market: openSnapshotMarket(this.database.pool, id), opened: undefined };
    this.open.set(id, opening);
    // Neither an absence nor a failure is kept: the snapshot may be there the next time.
    opening.opened = await opening.market.catch((error: unknown) => {
      this.open.delete(id);
      throw error;
    });
    if (opening.opened === undefined) this.open.delete(id);
    return opening.opened;
  }

  /** The same without waiting: undefined where it is not open already. */
  openMarket(id: string): SnapshotMarket | undefined {
    return this.open.get(id)?.opened;
  }

  /** The latest by market time, of one feed or of any. */
  async latest(feed?: string): Promise<{ readonly id: string; readonly asOf: Date } | undefined> {
    const found = await this.database.prisma.marketSnapshot.findFirst({
      where: feed === undefined ? {} : { feed },
      orderBy: [{ asOf: 'desc' }, { createdAt: 'desc' }],
      select: { id: true, asOf: true },
    });
    return found ?? undefined;
  }

  /** The latest of an exchange date (New York), of one feed or of any. */
  async latestOn(date: string, feed?: string): Promise<{ readonly id: string; readonly asOf: Date } | undefined> {
    const { rows } = await this.database.pool.query<{ id: string; as_of: Date }>(LATEST_ON, [date, feed ?? null]);
    return rows.length === 0 ? undefined : { id: rows[0].id, asOf: rows[0].as_of };
  }

  /** Bid and offer of the options among `symbols`. */
  quotes(id: string, symbols: readonly string[]): Promise<readonly ContractQuote[]> {
    return contractQuotes(this.database, id, symbols);
  }

  /** Options on these underlyings near the money: of so many expiries, so many strikes of each right. */
  contractsNearTheMoney(
    id: string,
    underlyings: readonly string[],
    most: { readonly expiries: number; readonly strikes: number },
  ): Promise<readonly string[]> {
    return contractsNearTheMoney(this.database, id, underlyings, most);
  }

  async find(id: string): Promise<MarketSnapshot | undefined> {
    return (await this.database.prisma.marketSnapshot.findUnique({ where: { id } })) ?? undefined;
  }

  /** Latest market time first, without reports. */
  async list({ feed, after, limit }: SnapshotPage): Promise<readonly SnapshotSummary[]> {
    return this.database.prisma.marketSnapshot.findMany({
      where: {
        ...(feed !== undefined && { feed }),
        ...(after !== undefined && {
          OR: [{ asOf: { lt: after.asOf } }, { asOf: after.asOf, id: { gt: after.id } }],
        }),
      },
      orderBy: [{ asOf: 'desc' }, { id: 'asc' }],
      omit: { report: true },
      take: limit,
    });
  }
}
