import { createHash } from 'node:crypto';
import { type ScenarioGrid, seededValuation, type Valuation, valuation } from '@app/margin';
import { type EffectiveRules, effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import {
  gridHash,
  type RepriceWorkRepository,
  type RiskArraysByGrid,
  rulesOf,
  type RunBrief,
  type SnapshotMarket,
} from '@app/store';

/** What every chunk of a run is computed with: its snapshot, the risk arrays on it, its rules. Grows with what is held. */
export class RunMarket {
  /** Shared by all accounts: an array is computed or read once. */
  readonly valuation: Valuation;
  private readonly arrays: RiskArraysByGrid = new Map();
  private readonly hashes = new Map<string, string>();
  private readonly withArrays = new Set<string>();
  private readonly firmRules: readonly HouseRule[];
  private readonly ownRules: ReadonlySet<string>;
  private readonly rulesForAll: EffectiveRules | undefined;

  constructor(
    private readonly work: RepriceWorkRepository,
    private readonly brief: RunBrief,
    readonly market: SnapshotMarket,
  ) {
    this.valuation = seededValuation(valuation(market), (symbol, grid) => this.storedArray(symbol, grid.key));
    this.firmRules = brief.rules.filter(({ accountId }) => accountId === null).map(({ rule }) => rule);
    this.ownRules = new Set(brief.rules.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])));
    this.rulesForAll = this.rules(this.firmRules);
  }

  /** Reads whichever contracts and risk arrays are not there yet. */
  async load(symbols: ReadonlySet<string>): Promise<void> {
    await this.market.load(symbols);
    const underlyings = new Set<string>();
    for (const symbol of symbols) {
      const instrument = this.market.instrument(symbol);
      if (instrument?.kind === 'OPTION' && !this.withArrays.has(instrument.underlying)) underlyings.add(instrument.underlying);
    }
    if (underlyings.size === 0) return;
    await this.work.addRiskArrays(this.brief.snapshotId, [...underlyings], this.arrays);
    for (const underlying of underlyings) this.withArrays.add(underlying);
  }

  /** Undefined where no rule book is known for the day. */
  rulesFor(accountId: string): EffectiveRules | undefined {
    if (!this.ownRules.has(accountId)) return this.rulesForAll;
    return this.rules(rulesOf(this.brief.rules, accountId));
  }

  /** Whether nobody needs to compute this array any more. */
  isStored(symbol: string, { key }: ScenarioGrid): boolean {
    return this.storedArray(symbol, key) !== undefined;
  }

  private rules(houseRules: readonly HouseRule[]): EffectiveRules | undefined {
    const { market } = this;
    const book = regulatoryRules(market.valuationDate);
    return book && effectiveRules(book, houseRules, market.valuationDate, { classGroupOf: classGroupIn(market), digestOf });
  }

  private storedArray(symbol: string, gridKey: string) {
    let hash = this.hashes.get(gridKey);
    if (hash === undefined) this.hashes.set(gridKey, (hash = gridHash(gridKey)));
    return this.arrays.get(hash)?.get(symbol);
  }
}

function classGroupIn(market: SnapshotMarket): (symbol: string) => string | undefined {
  return (symbol) => {
    const instrument = market.instrument(symbol);
    return instrument?.kind === 'UNDERLYING' ? instrument.classGroup : undefined;
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
