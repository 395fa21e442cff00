import type { CalendarDate } from './calendar-date.js';
import type { Instrument } from './instrument.js';

/** A zero rate: continuously compounded, ACT/365. */
export interface ZeroRate {
  readonly days: number;
  /** 0.0508 is 5.08 % a year. */
  readonly rate: number;
}

/**
 * Prices of one instant: immutable once made. It may hold only what a calculation asked for; a symbol it does not
 * hold is a gap that the calculation reports, never a guess.
 */
export interface Market {
  /** Content hash of the snapshot it was taken from; null for a market given in the request. */
  readonly snapshotId: string | null;
  /** RFC 3339 UTC with milliseconds. */
  readonly asOf: string;
  /** Exchange date (New York) of `asOf`. */
  readonly valuationDate: CalendarDate;
  /** True when `asOf` is at or after the exchange's close on `valuationDate`: options expiring that day are settled. */
  readonly afterClose: boolean;
  /** Ascending in days; linear between, flat outside. */
  readonly rates: readonly ZeroRate[];
  instrument(symbol: string): Instrument | undefined;
}
