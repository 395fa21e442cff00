import type { HouseRule } from '@app/rules';
import type { Database } from '../database.js';
import { HouseRuleRepository } from '../house-rule.repository.js';
import { SnapshotRepository } from '../snapshot.repository.js';
import type { SnapshotMarket } from '../snapshot-market.js';
import { type AccountChunk, accountChunk } from './account-chunk.js';
import type { RunBrief, RunChunk } from './reprice-run.js';
import { addRiskArrays, type HeldContracts, heldContracts, type RiskArraysByGrid } from './stored-risk-arrays.js';
import type { SymbolNumbers } from './symbol-numbers.js';

/** What a chunk is computed from. Reads only: any replica of the database will do. */
export class RepriceWorkRepository {
  private readonly houseRules: HouseRuleRepository;
  private readonly snapshots: SnapshotRepository;

  constructor(private readonly database: Database) {
    this.houseRules = new HouseRuleRepository(database);
    this.snapshots = new SnapshotRepository(database);
  }

  /** The house rules that bind an account in a run; one object for all accounts bound by the same ones. */
  async rules({ trialRules, rulesSequence }: RunBrief): Promise<(accountId: string) => readonly HouseRule[]> {
    if (trialRules !== null) return () => trialRules;
    return (await this.houseRules.at(rulesSequence)).rulesFor;
  }

  market(snapshotId: string): Promise<SnapshotMarket | undefined> {
    return this.snapshots.market(snapshotId);
  }

  accounts(brief: RunBrief, chunk: RunChunk, symbols: SymbolNumbers): Promise<AccountChunk> {
    return accountChunk(this.database.pool, brief, chunk, symbols);
  }

  /** The options held on underlyings from the first to the last, by underlying. */
  heldContracts({ snapshotId }: RunBrief, { first, last }: RunChunk): Promise<readonly HeldContracts[]> {
    return heldContracts(this.database.pool, snapshotId, first, last);
  }

  addRiskArrays(snapshotId: string, underlyings: readonly string[], arrays: RiskArraysByGrid): Promise<void> {
    return addRiskArrays(this.database.pool, snapshotId, underlyings, arrays);
  }
}
