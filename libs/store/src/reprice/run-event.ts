import type { RepriceState } from '../generated/client.js';

/** The channel on which whoever waits for runs or events is woken; the tables hold the truth. */
export const REPRICE_CHANNEL = 'marginal_reprice';

/** What became visible: a run's change of state, or the results of a chunk. */
export interface RunEvent {
  /** Grows with every event of any run, in the order in which they became visible. */
  readonly id: number;
  readonly runId: string;
  /** Null where results came in. */
  readonly state: RepriceState | null;
  /** The chunk's accounts, first and last in the database's order; null for a change of state. */
  readonly first: string | null;
  readonly last: string | null;
  /** Accounts that have a result by it. */
  readonly accounts: number;
}

/** Adds an event; to be the last statement of its transaction. */
export const ADD_EVENT = 'SELECT add_reprice_event($1::uuid, $2::reprice_state, $3, $4, $5)';
