import {
  type Gaps,
  isGaps,
  type RiskArray,
  type ScenarioGrid,
  seededValuation,
  type Valuation,
  valuation,
} from '@app/margin';
import {
  gridHash,
  type RepriceWorkRepository,
  type RiskArrayPart,
  type RiskArraysByGrid,
  type SnapshotMarket,
} from '@app/store';

/** The risk arrays of a run's snapshot: those that are stored, and those computed because they are not. */
export class RunArrays {
  /** Shared by all accounts: an array is computed or read once. */
  readonly valuation: Valuation;
  private readonly stored: RiskArraysByGrid = new Map();
  private readonly hashes = new Map<string, string>();
  private readonly read = new Set<string>();
  /** Of options, by underlying, grid and symbol. */
  private readonly computed = new Map<string, Map<string, Map<string, RiskArray>>>();

  constructor(
    private readonly work: RepriceWorkRepository,
    private readonly market: SnapshotMarket,
  ) {
    const base = valuation(market);
    const noting: Valuation = { market, riskArray: (symbol, grid) => this.noted(base.riskArray(symbol, grid), grid) };
    this.valuation = seededValuation(noting, (symbol, grid) => this.storedArray(symbol, grid.key));
  }

  /** Reads what is stored for the underlyings of these contracts, whichever were not read before. */
  async load(symbols: readonly string[]): Promise<void> {
    const underlyings = new Set<string>();
    for (const symbol of symbols) {
      const instrument = this.market.instrument(symbol);
      if (instrument?.kind === 'OPTION' && !this.read.has(instrument.underlying))
        underlyings.add(instrument.underlying);
    }
    if (underlyings.size > 0) await this.work.addRiskArrays(this.market.snapshotId, [...underlyings], this.stored);
    for (const underlying of underlyings) this.read.add(underlying);
  }

  /** What had to be computed for contracts on an underlying. */
  computedOn(underlying: string): readonly RiskArrayPart[] {
    return [...(this.computed.get(underlying) ?? [])].map(([gridKey, arrays]) => ({
      gridKey,
      underlying,
      arrays: [...arrays].map(([symbol, { theoretical, values }]) => ({ symbol, theoretical, values })),
    }));
  }

  private noted(array: RiskArray | Gaps, grid: ScenarioGrid): RiskArray | Gaps {
    if (isGaps(array) || array.instrument.kind !== 'OPTION') return array;
    const { symbol, underlying } = array.instrument;
    const byGrid = this.computed.get(underlying) ?? new Map<string, Map<string, RiskArray>>();
    this.computed.set(underlying, byGrid);
    const arrays = byGrid.get(grid.key) ?? new Map<string, RiskArray>();
    byGrid.set(grid.key, arrays.set(symbol, array));
    return array;
  }

  private storedArray(symbol: string, gridKey: string) {
    let hash = this.hashes.get(gridKey);
    if (hash === undefined) this.hashes.set(gridKey, (hash = gridHash(gridKey)));
    return this.stored.get(hash)?.get(symbol);
  }
}
