import { createHash } from 'node:crypto';
import { underlyingOf } from '@app/market';
import {
  type BulkMargins,
  bulkMargins,
  type ScenarioGrid,
  seededValuation,
  type Valuation,
  valuation,
} from '@app/margin';
import { type EffectiveRules, effectiveRules, type HouseRule, regulatoryRules } from '@app/rules';
import {
  gridHash,
  type RepriceWorkRepository,
  type RiskArraysByGrid,
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
  private readonly loaded = new Set<string>();
  private readonly bulkByRules = new Map<EffectiveRules, BulkMargins | undefined>();
  private readonly rulesByList = new Map<readonly HouseRule[], EffectiveRules>();

  constructor(
    private readonly work: RepriceWorkRepository,
    private readonly brief: RunBrief,
    readonly market: SnapshotMarket,
    private readonly houseRulesFor: (accountId: string) => readonly HouseRule[],
  ) {
    this.valuation = seededValuation(valuation(market), (symbol, grid) => this.storedArray(symbol, grid.key));
  }

  /** Reads whichever contracts and risk arrays are not there yet. */
  async load(symbols: Iterable<string>): Promise<void> {
    const missing = new Set<string>();
    for (const symbol of symbols) if (!this.loaded.has(symbol)) missing.add(symbol);
    if (missing.size === 0) return;
    await this.market.load(missing);
    const underlyings = new Set<string>();
    for (const symbol of missing) {
      const instrument = this.market.instrument(symbol);
      if (instrument?.kind === 'OPTION' && !this.withArrays.has(instrument.underlying)) {
        underlyings.add(instrument.underlying);
      }
    }
    if (underlyings.size > 0) await this.work.addRiskArrays(this.brief.snapshotId, [...underlyings], this.arrays);
    for (const underlying of underlyings) this.withArrays.add(underlying);
    for (const symbol of missing) this.loaded.add(symbol);
  }

  /** Margins in bulk where these rules are the rule book's own. */
  bulk(rules: EffectiveRules): BulkMargins | undefined {
    if (!this.bulkByRules.has(rules)) {
      const context = { valuation: this.valuation, rules, strictVolatility: false };
      this.bulkByRules.set(rules, bulkMargins(context));
    }
    return this.bulkByRules.get(rules);
  }

  /** Undefined where no rule book is known for the day. */
  rulesFor(accountId: string): EffectiveRules | undefined {
    const houseRules = this.houseRulesFor(accountId);
    const known = this.rulesByList.get(houseRules);
    if (known !== undefined) return known;
    const { market } = this;
    const date = market.valuationDate;
    const book = regulatoryRules(date);
    const rules = book && effectiveRules(book, houseRules, date, { classGroupOf: classGroupIn(market), digestOf });
    if (rules !== undefined) this.rulesByList.set(houseRules, rules);
    return rules;
  }

  /** Whether nobody needs to compute this array any more. */
  isStored(symbol: string, { key }: ScenarioGrid): boolean {
    return this.storedArray(symbol, key) !== undefined;
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
    return instrument && underlyingOf(instrument, market)?.classGroup;
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
