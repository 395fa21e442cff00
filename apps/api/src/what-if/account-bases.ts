import type { AccountRepository, AccountStanding, HouseRuleRepository, StoredAccount } from '@app/store';
import { LRUCache } from 'lru-cache';
import { notFound } from '../problems.js';
import { type Base, baseOn } from './base.js';
import { type MarketClock, noSnapshot, refuseStaleSnapshot } from './market-clock.js';
import type { PairingSolver } from './reg-t-context.js';
import type { SnapshotValuation, Valuations } from './valuations.js';

/** What is kept ready on a snapshot: positions, and one more for each account, together. */
const POSITIONS_AT_MOST = 1_000_000;

interface Loading {
  readonly base: Promise<Base>;
  /** Once it is read. */
  loaded: Base | undefined;
}

/** What questions about stored accounts start from, read and worked out once for each state of an account. */
export class AccountBases {
  /**
   * Kept with the snapshot they stand on, and gone with it. An entry is never stale: its key holds every version it
   * depends on.
   */
  private readonly bySnapshot = new WeakMap<SnapshotValuation, LRUCache<string, Loading>>();

  constructor(
    private readonly accounts: AccountRepository,
    private readonly houseRules: HouseRuleRepository,
    private readonly valuations: Valuations,
    private readonly solver: PairingSolver,
    private readonly clock: MarketClock,
  ) {}

  /**
   * The account as it stands. `reading`: the account, where somebody reads it already. @throws Problem 422 where it cannot
   * be judged at all.
   */
  async of(standing: AccountStanding, reading?: Promise<StoredAccount | undefined>): Promise<Base> {
    const { snapshot } = standing;
    if (snapshot === null) throw noSnapshot();
    refuseStaleSnapshot(snapshot.asOf, this.clock);
    const priced = await this.valuations.find(snapshot.id);
    if (priced === undefined) throw noSnapshot();
    const bases = this.basesOn(priced);
    const key = baseKey(standing);
    const known = bases.get(key);
    if (known !== undefined) return known.base;
    const loading: Loading = { base: this.load(standing, priced, reading), loaded: undefined };
    bases.set(key, loading, { size: 1 });
    try {
      loading.loaded = await loading.base;
      if (bases.peek(key) === loading) bases.set(key, loading, { size: 1 + loading.loaded.account.positions.length });
      return loading.loaded;
    } catch (error) {
      bases.delete(key);
      throw error;
    }
  }

  /** The same without waiting: undefined where it has to be read. @throws Problem 422 where the prices are too old. */
  atHand(standing: AccountStanding): Base | undefined {
    const { snapshot } = standing;
    if (snapshot === null) return undefined;
    refuseStaleSnapshot(snapshot.asOf, this.clock);
    const priced = this.valuations.findOpen(snapshot.id);
    return priced && this.basesOn(priced).get(baseKey(standing))?.loaded;
  }

  private basesOn(priced: SnapshotValuation): LRUCache<string, Loading> {
    const known = this.bySnapshot.get(priced);
    if (known !== undefined) return known;
    const bases = new LRUCache<string, Loading>({ maxSize: POSITIONS_AT_MOST });
    this.bySnapshot.set(priced, bases);
    return bases;
  }

  private async load(
    standing: AccountStanding,
    priced: SnapshotValuation,
    reading?: Promise<StoredAccount | undefined>,
  ): Promise<Base> {
    const [account, houseRules] = await Promise.all([
      this.accountAt(standing, reading),
      this.houseRules.findForAccount(standing.id, standing.houseRulesStamp),
    ]);
    if (account === undefined) throw notFound();
    return baseOn(account, priced, houseRules, this.solver);
  }

  /** What was read before its standing may be older than it. */
  private async accountAt(
    { id, version }: AccountStanding,
    reading?: Promise<StoredAccount | undefined>,
  ): Promise<StoredAccount | undefined> {
    const read = await reading;
    return read?.version === version ? read : this.accounts.find(id);
  }
}

/** Every version that a base depends on, beside its snapshot. */
function baseKey({ id, version, houseRulesStamp }: AccountStanding): string {
  return `${id} ${version} ${houseRulesStamp}`;
}
