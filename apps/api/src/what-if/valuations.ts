import { type Valuation, valuation } from '@app/margin';
import type { SnapshotMarket, SnapshotRepository } from '@app/store';

/** A stored snapshot with the risk arrays computed on it so far. */
export interface SnapshotValuation {
  readonly market: SnapshotMarket;
  readonly valuation: Valuation;
}

/** One valuation a snapshot, as long as the store keeps the snapshot open: risk arrays are shared by every call. */
export class Valuations {
  private readonly byMarket = new WeakMap<SnapshotMarket, SnapshotValuation>();

  constructor(private readonly snapshots: SnapshotRepository) {}

  /** Undefined where there is no such snapshot. */
  async find(snapshotId: string): Promise<SnapshotValuation | undefined> {
    const market = await this.snapshots.market(snapshotId);
    if (market === undefined) return undefined;
    const known = this.byMarket.get(market) ?? { market, valuation: valuation(market) };
    this.byMarket.set(market, known);
    return known;
  }
}
