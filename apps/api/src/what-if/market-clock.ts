import type { FieldError } from '../problem.js';
import { notComputable } from '../problems.js';

const MILLISECONDS_PER_HOUR = 3_600_000;

/** Which stored snapshots are recent enough to decide on. */
export interface MarketClock {
  /** Null: any age will do. */
  readonly maxSnapshotAgeHours: number | null;
  /** Milliseconds since 1970. */
  now(): number;
}

export const MARKET_CLOCK = Symbol('MarketClock');

/** @throws Problem 422 where the prices are older than this service decides on. */
export function refuseStaleSnapshot(asOf: Date | string, clock: MarketClock): void {
  const { maxSnapshotAgeHours } = clock;
  if (maxSnapshotAgeHours === null) return;
  if (clock.now() - new Date(asOf).getTime() <= maxSnapshotAgeHours * MILLISECONDS_PER_HOUR) return;
  throw noPrices('snapshot.stale', `The latest market snapshot is more than ${maxSnapshotAgeHours} hours old.`);
}

/** 422 where there is no snapshot to judge by. */
export function noSnapshot(): Error {
  return noPrices('snapshot.missing', 'No market snapshot is stored to take prices from.');
}

function noPrices(code: FieldError['code'], detail: string): Error {
  return notComputable(code, detail, [{ pointer: '', code, detail }]);
}
