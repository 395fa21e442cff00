import type { Valuation } from '@app/margin';
import type { GivenPrices } from '@app/market';
import type { SnapshotRepository } from '@app/store';
import type { FieldError } from '../problem.js';
import { badRequest } from '../problems.js';
import type { Valuations } from '../what-if/valuations.js';
import type { ShadowAnalysisRequestDto } from './shadow-analysis.dto.js';

/** A market the analysis is asked on; opened when its turn comes, since several need not be in memory at once. */
export interface ChosenMarket {
  open(symbols: readonly string[]): Promise<Valuation>;
}

export interface ChosenMarkets {
  readonly markets: readonly ChosenMarket[];
  /** Dates and ids without a snapshot. */
  readonly missing: readonly FieldError[];
}

const SNAPSHOT_ID = /^[0-9a-f]{64}$/;

/** @throws Problem 400 for a request that names two kinds of source. */
export function refuseSeveralSources({ market, snapshotIds, dates, feed }: ShadowAnalysisRequestDto): void {
  const given = Object.entries({ market, snapshotIds, dates }).filter(([, value]) => value !== undefined);
  const refuse = (member: string, detail: string): never => {
    throw badRequest('market.two_sources', detail, [{ pointer: `/${member}`, code: 'market.two_sources', detail }]);
  };
  if (given.length > 1) refuse(given[1][0], 'Give one of market, snapshotIds and dates.');
  if (feed !== undefined && (market !== undefined || snapshotIds !== undefined)) {
    refuse('feed', 'A feed goes with dates, or with the latest snapshot.');
  }
}

/** The markets in the order asked. `prices` are those of an inline market. */
export async function chosenMarkets(
  request: ShadowAnalysisRequestDto,
  prices: GivenPrices | null,
  valuations: Valuations,
  snapshots: SnapshotRepository,
): Promise<ChosenMarkets> {
  const { snapshotIds, dates, feed } = request;
  const stored = (snapshotId: string | undefined): ChosenMarket => ({
    open: (symbols) => valuations.priced({ prices, snapshotId, feed }, symbols),
  });
  if (snapshotIds !== undefined) return byId(snapshotIds, snapshots, stored);
  if (dates !== undefined) return byDate(dates, feed, snapshots, stored);
  return { markets: [stored(undefined)], missing: [] };
}

type Stored = (snapshotId: string) => ChosenMarket;

async function byId(ids: readonly string[], snapshots: SnapshotRepository, stored: Stored): Promise<ChosenMarkets> {
  const markets: ChosenMarket[] = [];
  const missing: FieldError[] = [];
  for (const [index, id] of ids.entries()) {
    const pointer = `/snapshotIds/${index}`;
    const isThere = SNAPSHOT_ID.test(id) && (await snapshots.market(id)) !== undefined;
    if (isThere) markets.push(stored(id));
    else missing.push(absent(pointer, 'There is no market snapshot with this id.'));
  }
  return { markets, missing };
}

async function byDate(
  dates: readonly string[],
  feed: string | undefined,
  snapshots: SnapshotRepository,
  stored: Stored,
): Promise<ChosenMarkets> {
  const markets: ChosenMarket[] = [];
  const missing: FieldError[] = [];
  for (const [index, date] of dates.entries()) {
    const pointer = `/dates/${index}`;
    const latest = await snapshots.latestOn(date, feed);
    if (latest !== undefined) markets.push(stored(latest.id));
    else missing.push(absent(pointer, 'No market snapshot of this exchange date is stored.'));
  }
  return { markets, missing };
}

function absent(pointer: string, detail: string): FieldError {
  return { pointer, code: 'snapshot.missing', detail };
}
