import { createHash } from 'node:crypto';
import { underlyingOf } from '@app/market';
import {
  type BulkMargins,
  bulkMargins,
  BulkUnits,
  type ScenarioGrid,
  seededValuation,
  type Valuation,
  valuation,
} from '@app/margin';
import {
  type EffectiveRules,
  effectiveRules,
  type HouseRule,
  type RegulatoryRules,
  regulatoryRules,
} from '@app/rules';
import {
  gridHash,
  type RepriceWorkRepository,
  type RiskArraysByGrid,
  type RunBrief,
  type SnapshotMarket,
  SymbolNumbers,
} from '@app/store';

/** What every chunk of a run is computed with: its snapshot, the risk arrays on it, its rules. Grows with what is held. */
export class RunMarket {
  /** Shared by all accounts: an array is computed or read once. */
  readonly valuation: Valuation;
  private readonly arrays: RiskArraysByGrid = new Map();
  private readonly hashes = new Map<string, string>();
  private readonly withArrays = new Set<string>();
  /** Of all that is held; so many of them, the first ones, have been read. */
  readonly symbols = new SymbolNumbers();
  private loadedCount = 0;
  private reading: Promise<void> = Promise.resolve();
  private readonly book: RegulatoryRules | undefined;
  private readonly units: BulkUnits | undefined;
  private readonly bulkByRules = new Map<EffectiveRules, BulkMargins | undefined>();
  private readonly rulesByList = new Map<readonly HouseRule[], EffectiveRules>();

  constructor(
    private readonly work: RepriceWorkRepository,
    private readonly brief: RunBrief,
    readonly market: SnapshotMarket,
    private readonly houseRulesFor: (accountId: string) => readonly HouseRule[],
  ) {
    this.valuation = seededValuation(valuation(market), (symbol, grid) => this.storedArray(symbol, grid.key));
    const date = market.valuationDate;
    this.book = regulatoryRules(date);
    this.units =
      this.book &&
      new BulkUnits(this.valuation, effectiveRules(this.book, [], date), (number) => this.symbols.symbol(number));
  }

  /** Reads contracts and the risk arrays stored for them, whichever are not there yet. */
  load(symbols: readonly string[]): Promise<void> {
    return this.afterOthers(() => this.read(symbols));
  }

  /** The same for everything that has a number. */
  async loadNumbered(): Promise<void> {
    if (this.symbols.count === this.loadedCount) return;
    await this.afterOthers(async () => {
      const { count } = this.symbols;
      const missing = Array.from({ length: count - this.loadedCount }, (_, i) =>
        this.symbols.symbol(this.loadedCount + i),
      );
      await this.read(missing);
      this.loadedCount = count;
    });
  }

  /** Chunks of one thread ask at the same time: what one of them reads the next need not. */
  private afterOthers(reading: () => Promise<void>): Promise<void> {
    const whole = this.reading.then(reading);
    this.reading = whole.catch(() => undefined);
    return whole;
  }

  private async read(symbols: readonly string[]): Promise<void> {
    if (symbols.length === 0) return;
    await this.market.load(symbols);
    const underlyings = new Set<string>();
    for (const symbol of symbols) {
      const instrument = this.market.instrument(symbol);
      if (instrument?.kind === 'OPTION' && !this.withArrays.has(instrument.underlying)) {
        underlyings.add(instrument.underlying);
      }
    }
    if (underlyings.size > 0) await this.work.addRiskArrays(this.brief.snapshotId, [...underlyings], this.arrays);
    for (const underlying of underlyings) this.withArrays.add(underlying);
  }

  /** Undefined where house rules change numbers of the account as a whole. */
  bulk(rules: EffectiveRules): BulkMargins | undefined {
    if (!this.bulkByRules.has(rules)) this.bulkByRules.set(rules, this.units && bulkMargins(this.units, rules));
    return this.bulkByRules.get(rules);
  }

  /** Undefined where no rule book is known for the day. */
  rulesFor(accountId: string): EffectiveRules | undefined {
    const houseRules = this.houseRulesFor(accountId);
    const known = this.rulesByList.get(houseRules);
    if (known !== undefined) return known;
    const { book, market } = this;
    const reading = { classGroupOf: classGroupIn(market), digestOf };
    const rules = book && effectiveRules(book, houseRules, market.valuationDate, reading);
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
