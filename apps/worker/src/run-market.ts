import { createHash } from 'node:crypto';
import { underlyingOf } from '@app/market';
import { accountMargin, type BulkMargins, bulkMargins, BulkUnits } from '@app/margin';
import { type EffectiveRules, effectiveRules, type HouseRule, type RegulatoryRules, regulatoryRules } from '@app/rules';
import { type RepriceWorkRepository, type RiskArrayPart, type SnapshotMarket, SymbolNumbers } from '@app/store';
import { Decimal } from 'decimal.js';
import { RunArrays } from './run-arrays.js';

const ONE = new Decimal(1);
const ZERO = new Decimal(0);

/** What every chunk of a run is computed with: its snapshot, the risk arrays on it, its rules. Grows with what is held. */
export class RunMarket {
  readonly arrays: RunArrays;
  /** Of all that is held; so many of them, the first ones, have been read. */
  readonly symbols = new SymbolNumbers();
  private loadedCount = 0;
  private reading: Promise<void> = Promise.resolve();
  private readonly book: RegulatoryRules | undefined;
  private readonly units: BulkUnits | undefined;
  private readonly bulkByRules = new Map<EffectiveRules, BulkMargins | undefined>();
  private readonly rulesByList = new Map<readonly HouseRule[], EffectiveRules>();

  constructor(
    work: RepriceWorkRepository,
    readonly market: SnapshotMarket,
    private readonly houseRulesFor: (accountId: string) => readonly HouseRule[],
  ) {
    this.arrays = new RunArrays(work, market);
    const date = market.valuationDate;
    this.book = regulatoryRules(date);
    const bookRules = this.book && effectiveRules(this.book, [], date);
    const { valuation } = this.arrays;
    this.units = bookRules && new BulkUnits(valuation, bookRules, (number) => this.symbols.symbol(number));
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
    await this.market.load(symbols);
    await this.arrays.load(symbols);
  }

  /**
   * The risk arrays that margining one contract of each series asks for and that nobody has stored yet: whichever grids
   * these are is the margin room's to know. The series have been loaded, all of them on this underlying.
   */
  missingArrays(underlying: string, series: readonly string[]): readonly RiskArrayPart[] {
    const rules = this.rulesFor('');
    if (rules === undefined) return [];
    const { valuation } = this.arrays;
    const bulk = this.bulk(rules);
    const quantities = Float64Array.of(1);
    for (const symbol of series) {
      const instruments = Int32Array.of(this.symbols.number(symbol));
      if (bulk?.of(ZERO, { instruments, quantities }, 0, 1) !== undefined) continue;
      const positions = [{ symbol, quantity: ONE }];
      accountMargin({ cash: ZERO, positions }, { valuation, rules, strictVolatility: false });
    }
    return this.arrays.computedOn(underlying);
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
