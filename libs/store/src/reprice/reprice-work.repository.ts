import type { Database } from '../database.js';
import { SnapshotRepository } from '../snapshot.repository.js';
import type { SnapshotMarket } from '../snapshot-market.js';
import { accountChunk, type ChunkAccount } from './account-chunk.js';
import type { RunBrief, RunChunk } from './reprice-run.js';
import { addRiskArrays, heldContracts, type RiskArraysByGrid } from './stored-risk-arrays.js';

/** What a chunk is computed from. Reads only: any replica of the database will do. */
export class RepriceWorkRepository {
  private readonly snapshots: SnapshotRepository;

  constructor(private readonly database: Database) {
    this.snapshots = new SnapshotRepository(database);
  }

  market(snapshotId: string): Promise<SnapshotMarket | undefined> {
    return this.snapshots.market(snapshotId);
  }

  accounts(brief: RunBrief, chunk: RunChunk): Promise<readonly ChunkAccount[]> {
    return accountChunk(this.database.pool, brief, chunk);
  }

  /** The options held on underlyings from the first to the last, by underlying. */
  heldContracts({ snapshotId }: RunBrief, { first, last }: RunChunk) {
    return heldContracts(this.database.pool, snapshotId, first, last);
  }

  addRiskArrays(snapshotId: string, underlyings: readonly string[], arrays: RiskArraysByGrid): Promise<void> {
    return addRiskArrays(this.database.pool, snapshotId, underlyings, arrays);
  }
}
