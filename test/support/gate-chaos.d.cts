import type { Pool } from 'pg';

export interface ChaosRun {
  /** Addresses to choose from. */
  readonly servers: () => readonly string[];
  readonly pool: Pool;
  readonly accountId: string;
  readonly calls: number;
  readonly callers: number;
  readonly seed: number;
  /** Told after every call how far it is. */
  readonly watch?: (state: ChaosState) => void;
}

export interface ChaosState {
  /** Calls that were answered. */
  readonly done: number;
  /** Requests whose connection broke. */
  readonly lost: number;
  readonly faults: number;
}

export interface ChaosResult {
  readonly accepted: number;
  readonly rejected: number;
  readonly cancelled: number;
  readonly filled: number;
  readonly repeated: number;
  /** Moments the observer looked at. */
  readonly moments: number;
  readonly faults: readonly string[];
}

export declare function gateChaos(run: ChaosRun): Promise<ChaosResult>;
export declare function prepareChaos(pool: Pool, accountId: string): Promise<void>;
export declare function limitFirm(pool: Pool): Promise<void>;
