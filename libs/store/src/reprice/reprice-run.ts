import type { HouseRule } from '@app/rules';
import type { RepriceOrigin, RepriceStage, RepriceState } from '../generated/client.js';
import type { RunScope } from './run-scope.js';

/** What is asked for: a snapshot, a scope, and the house rules. */
export interface NewRepriceRun extends RunScope {
  readonly snapshotId: string;
  /** House rules in the place of the book's; null: the book as it stands when the run is asked for. Trials only. */
  readonly trialRules: readonly HouseRule[] | null;
  readonly chunkSize: number;
  /** Higher goes first. */
  readonly priority: number;
  /** Only to compare: no live stream shows it, no margin call comes of it. */
  readonly trial: boolean;
  readonly origin: RepriceOrigin;
  /** The key's id, or the schedule's. */
  readonly requestedBy: string;
}

export interface RepriceRun extends Omit<NewRepriceRun, 'trialRules'> {
  readonly id: string;
  readonly state: RepriceState;
  /** Of the snapshot. */
  readonly feed: string;
  readonly asOf: Date;
  /** Number of the last change of the house-rule book that counts. */
  readonly rulesSequence: number;
  /** Accounts found in scope; null until they were counted. */
  readonly accountCount: number | null;
  /** The finished run it is compared with. */
  readonly previousId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Why it FAILED. */
  readonly failure: string | null;
}

/** A piece of a run: accounts, or underlyings, from `first` to `last` in the database's order. */
export interface RunChunk {
  readonly runId: string;
  readonly number: number;
  readonly stage: RepriceStage;
  readonly first: string;
  readonly last: string;
  /** Accounts or underlyings in it when it was planned. */
  readonly count: number;
}

/** What a worker must know of a run to work on any of its chunks; plain data, sent to threads. */
export interface RunBrief extends RunScope {
  readonly runId: string;
  readonly snapshotId: string;
  readonly asOf: Date;
  readonly feed: string;
  readonly priority: number;
  readonly trial: boolean;
  readonly rulesSequence: number;
  readonly trialRules: readonly HouseRule[] | null;
}
