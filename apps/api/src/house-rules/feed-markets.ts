import type { Valuation } from '@app/margin';
import type { EffectiveRules, HouseRule, HouseRuleBook } from '@app/rules';
import type { SnapshotRepository, StoredAccount } from '@app/store';
import { Problem } from '../problem.js';
import { type MarketClock, noSnapshot, refuseStaleSnapshot } from '../what-if/market-clock.js';
import { reading, rulesInForce } from '../what-if/rules-in-force.js';
import type { SnapshotValuation, Valuations } from '../what-if/valuations.js';

/** The prices an account is margined on, and the rules that a list of house rules makes there. */
export interface RuledMarket {
  readonly valuation: Valuation;
  readonly rulesOf: (houseRules: readonly HouseRule[]) => EffectiveRules;
  /** Symbols that a run has computed under these rules; it adds those it computes. */
  readonly seenUnder: (rules: EffectiveRules) => Set<string>;
}

interface Missing {
  /** Code of what is missing. */
  readonly missing: string;
}

export function isMissing(market: RuledMarket | Missing): market is Missing {
  return 'missing' in market;
}

/** The latest prices of each feed, looked for once a run: all its accounts are judged on the same ones. */
export class FeedMarkets {
  private readonly byFeed = new Map<string | null, Promise<Opened | Missing>>();
  private readonly loaded = new Map<Opened, readonly StoredAccount[]>();
  private isAfterPrices = false;

  /** `from`: first day of a change, whose rules are compared where it comes after the prices; null: the prices' own. */
  constructor(
    private readonly snapshots: SnapshotRepository,
    private readonly valuations: Valuations,
    private readonly clock: MarketClock,
    private readonly books: readonly HouseRuleBook[],
    private readonly from: string | null,
  ) {}

  /** Whether any prices so far were from before the first day of the change. */
  get daysAfterPrices(): boolean {
    return this.isAfterPrices;
  }

  /** The market of a feed, with the contracts of a page of accounts read in one go. */
  async of(feed: string | null, page: readonly StoredAccount[]): Promise<RuledMarket | Missing> {
    const opening = this.byFeed.get(feed) ?? this.open(feed);
    this.byFeed.set(feed, opening);
    const market = await opening;
    if (isMissing(market) || this.loaded.get(market) === page) return market;
    this.loaded.set(market, page);
    const held = page.filter((account) => account.feed === feed).flatMap(({ positions }) => positions);
    await market.priced.market.load(held.map(({ symbol }) => symbol));
    return market;
  }

  private async open(feed: string | null): Promise<Opened | Missing> {
    try {
      const latest = await this.snapshots.latest(feed ?? undefined);
      if (latest === undefined) throw noSnapshot();
      refuseStaleSnapshot(latest.asOf, this.clock);
      const priced = await this.valuations.find(latest.id);
      if (priced === undefined) throw noSnapshot();
      return await this.ruled(priced);
    } catch (error) {
      if (error instanceof Problem) return { missing: error.code };
      throw error;
    }
  }

  private async ruled(priced: SnapshotValuation): Promise<Opened> {
    const { market, valuation } = priced;
    const pieces = this.books.flatMap(({ rules }) => [...rules.values()].flatMap((history) => history.pieces));
    await market.load(pieces.flatMap(({ symbol }) => symbol ?? []));
    const isAfter = this.from !== null && this.from > market.valuationDate;
    this.isAfterPrices ||= isAfter;
    const date = isAfter ? this.from! : market.valuationDate;
    const known = new WeakMap<readonly HouseRule[], EffectiveRules>();
    const rulesOf = (houseRules: readonly HouseRule[]): EffectiveRules => {
      const rules = known.get(houseRules) ?? rulesInForce(date, houseRules, reading(market));
      known.set(houseRules, rules);
      return rules;
    };
    const seen = new WeakMap<EffectiveRules, Set<string>>();
    const seenUnder = (rules: EffectiveRules): Set<string> => {
      const symbols = seen.get(rules) ?? new Set<string>();
      seen.set(rules, symbols);
      return symbols;
    };
    return { priced, valuation, rulesOf, seenUnder };
  }
}

interface Opened extends RuledMarket {
  readonly priced: SnapshotValuation;
}
