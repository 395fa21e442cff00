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

  /** The risk arrays of the series held that nobody has stored yet. */
  async arrays(brief: RunBrief, chunk: RunChunk): Promise<readonly RiskArrayPart[]> {
    const market = await this.market(brief);
    const parts: RiskArrayPart[] = [];
    for (const { underlying, symbols } of await this.work.heldContracts(brief, chunk)) {
      await market.load(symbols);
      parts.push(...market.missingArrays(underlying, symbols));
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
    return new RunMarket(this.work, market, await this.work.rules(brief));
  }

  private solverLoaded(): Promise<ProgramSolver> {
    this.solver ??= loadProgramSolver();
    return this.solver;
  }
}
