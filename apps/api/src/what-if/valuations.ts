import { type Valuation, valuation } from '@app/margin';
import { givenMarket, type GivenPrices } from '@app/market';
import type { SnapshotMarket, SnapshotRepository } from '@app/store';
import { badRequest, notFound } from '../problems.js';
import { type MarketClock, noSnapshot, refuseStaleSnapshot } from './market-clock.js';

/** A stored snapshot with the risk arrays computed on it so far. */
export interface SnapshotValuation {
  readonly market: SnapshotMarket;
  readonly valuation: Valuation;
}

/** Where a question's prices come from: `prices` given with it, a snapshot by id, or with neither the latest one. */
export interface PriceSource {
  readonly prices: GivenPrices | null;
  readonly snapshotId: string | undefined;
  /** Of the latest one; absent: of any feed. */
  readonly feed?: string | undefined;
}

/** @throws Problem 400 for a request that names two sources. */
export function refuseTwoSources(request: { readonly market?: object; readonly snapshotId?: string }): void {
  if (request.market === undefined || request.snapshotId === undefined) return;
  const code = 'market.two_sources';
  const detail = 'Give market or snapshotId, not both.';
  throw badRequest(code, detail, [{ pointer: '/snapshotId', code, detail }]);
}

/** One valuation a snapshot, as long as the store keeps the snapshot open: risk arrays are shared by every call. */
export class Valuations {
  private readonly byMarket = new WeakMap<SnapshotMarket, SnapshotValuation>();

  constructor(
    private readonly snapshots: SnapshotRepository,
    private readonly clock: MarketClock,
  ) {}

  /** Undefined where there is no such snapshot. */
  async find(snapshotId: string): Promise<SnapshotValuation | undefined> {
    const market = await this.snapshots.market(snapshotId);
    return market && this.on(market);
  }

  /** Undefined where it is not open already. */
  findOpen(snapshotId: string): SnapshotValuation | undefined {
    const market = this.snapshots.openMarket(snapshotId);
    return market && this.on(market);
  }

  private on(market: SnapshotMarket): SnapshotValuation {
    const known = this.byMarket.get(market) ?? { market, valuation: valuation(market) };
    this.byMarket.set(market, known);
    return known;
  }

  /**
   * The prices a question asks for, with those of `symbols` read. A snapshot asked for by id is history on purpose;
   * the latest has to be recent.
   * @throws Problem 404 (no such snapshot) or 422 (none, or too old).
   */
  async priced({ prices, snapshotId, feed }: PriceSource, symbols: readonly string[]): Promise<Valuation> {
    if (prices !== null) return valuation(givenMarket(prices));
    const found = await this.find(snapshotId ?? (await this.latestId(feed)));
    if (found === undefined) throw notFound('There is no market snapshot with this id.');
    await found.market.load(symbols);
    return found.valuation;
  }

  private async latestId(feed?: string): Promise<string> {
    const latest = await this.snapshots.latest(feed);
    if (latest === undefined) throw noSnapshot();
    refuseStaleSnapshot(latest.asOf, this.clock);
    return latest.id;
  }

  /** Reads more of a snapshot's contracts; prices given with a question are all there. */
  async load({ market }: Valuation, symbols: readonly string[]): Promise<void> {
    if (market.snapshotId !== null) await (await this.snapshots.market(market.snapshotId))?.load(symbols);
  }
}
