import { accountMargin, isGaps, type RiskArray, type Valuation } from '@app/margin';
import { loadProgramSolver, type ProgramSolver } from '@app/reg-t';
import {
  type AccountResult,
  type DeadLetter,
  type RepriceWorkRepository,
  resultRows,
  type ResultRows,
  type RiskArrayPart,
  type RunBrief,
  type RunChunk,
} from '@app/store';
import { Decimal } from 'decimal.js';
import { accountResult, isDeadLetter } from './account-result.js';
import { RunMarket } from './run-market.js';

/** A chunk's results, and what they took. */
export interface ComputedChunk extends ResultRows {
  readonly positions: number;
  /** In the margin engine alone. */
  readonly engineMilliseconds: number;
}

/** Runs whose markets are kept: the one under way and one it is interrupted for. */
const MARKETS_AT_MOST = 2;

const ONE = new Decimal(1);
const ZERO = new Decimal(0);

/** Computes chunks. What it gives depends on the database's content alone, not on who computes or when. */
export class ChunkWork {
  private readonly markets = new Map<string, Promise<RunMarket>>();
  private solver: Promise<ProgramSolver> | undefined;

  constructor(private readonly work: RepriceWorkRepository) {}

  async accounts(brief: RunBrief, chunk: RunChunk): Promise<ComputedChunk> {
    const market = await this.market(brief);
    const read = await this.work.accounts(brief, chunk, market.symbols);
    await market.loadNumbered();
    const { accounts, positions } = read;
    const solver = accounts.some(({ methodology }) => methodology === 'REG_T') ? await this.solverLoaded() : undefined;
    const begin = performance.now();
    const outcomes = accounts.map((_, place) => accountResult(read, place, market, solver));
    const engineMilliseconds = performance.now() - begin;
    const results: AccountResult[] = [];
    const deadLetters: DeadLetter[] = [];
    for (const outcome of outcomes) {
      if (isDeadLetter(outcome)) deadLetters.push(outcome);
      else results.push(outcome);
    }
    const rows = resultRows(brief.runId, results, deadLetters);
    return { ...rows, positions: positions.instruments.length, engineMilliseconds };
  }

  /**
   * The risk arrays that margining one contract of each series held asks for, and that nobody has stored yet: whichever
   * grids these are is the margin room's to know.
   */
  async arrays(brief: RunBrief, chunk: RunChunk): Promise<readonly RiskArrayPart[]> {
    const market = await this.market(brief);
    const rules = market.rulesFor('');
    if (rules === undefined) return [];
    const parts: RiskArrayPart[] = [];
    for (const { underlying, symbols } of await this.work.heldContracts(brief, chunk)) {
      await market.load(symbols);
      const byGrid = new Map<string, Map<string, RiskArray>>();
      const valuation = recording(market, byGrid);
      for (const symbol of symbols) {
        accountMargin(
          { cash: ZERO, positions: [{ symbol, quantity: ONE }] },
          { valuation, rules, strictVolatility: false },
        );
      }
      for (const [gridKey, arrays] of byGrid) {
        const stored = [...arrays].map(([symbol, { theoretical, values }]) => ({ symbol, theoretical, values }));
        parts.push({ gridKey, underlying, arrays: stored });
      }
    }
    return parts;
  }

  private market(brief: RunBrief): Promise<RunMarket> {
    const { runId } = brief;
    const known = this.markets.get(runId);
    if (known !== undefined) return known;
    if (this.markets.size === MARKETS_AT_MOST) this.markets.delete(this.markets.keys().next().value!);
    const opening = this.open(brief);
    this.markets.set(runId, opening);
    opening.catch(() => this.markets.delete(runId));
    return opening;
  }

  private async open(brief: RunBrief): Promise<RunMarket> {
    const market = await this.work.market(brief.snapshotId);
    if (market === undefined) throw new Error('the snapshot of a run is not there');
    return new RunMarket(this.work, brief, market, await this.work.rules(brief));
  }

  private solverLoaded(): Promise<ProgramSolver> {
    this.solver ??= loadProgramSolver();
    return this.solver;
  }
}

/** A valuation that notes the option arrays it had to compute, by grid. */
function recording(market: RunMarket, byGrid: Map<string, Map<string, RiskArray>>): Valuation {
  return {
    market: market.market,
    riskArray(symbol, grid) {
      const array = market.valuation.riskArray(symbol, grid);
      if (isGaps(array) || array.instrument.kind !== 'OPTION' || market.isStored(symbol, grid)) return array;
      const arrays = byGrid.get(grid.key) ?? new Map<string, RiskArray>();
      byGrid.set(grid.key, arrays.set(symbol, array));
      return array;
    },
  };
}
