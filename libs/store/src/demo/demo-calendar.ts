import type { CalendarDate, ZeroRate } from '@app/market';

/** A Friday, 16:00 in New York: the close. */
export const DEMO_AS_OF = '2026-06-12T20:00:00.000Z';

/** The market feed of the demo's snapshot: an import of real prices under another feed does not touch its accounts. */
export const DEMO_FEED = 'demo';

/** Upward at first, then falling: continuously compounded zero rates, ACT/365. */
export const DEMO_RATES: readonly ZeroRate[] = [
  { days: 7, rate: 0.0432 },
  { days: 30, rate: 0.0435 },
  { days: 91, rate: 0.0428 },
  { days: 182, rate: 0.0415 },
  { days: 365, rate: 0.0398 },
  { days: 730, rate: 0.0384 },
];

/** Third Fridays, but for June: the 19th is a holiday (Juneteenth), so that contracts end on the Thursday. */
const MONTHLIES: readonly CalendarDate[] = ['2026-06-18', '2026-07-17', '2026-08-21', '2026-09-18', '2027-01-15'];
/** Fridays between, but for the eve of the observed Independence Day. */
const WEEKLIES: readonly CalendarDate[] = ['2026-06-26', '2026-07-02'];

/** Expiries listed, by how much an underlying's options are traded. */
export const EXPIRIES = {
  FEW: MONTHLIES.slice(1, 3),
  MONTHLY: MONTHLIES,
  WEEKLY: [...MONTHLIES, ...WEEKLIES].sort(),
  INDEX: [...MONTHLIES, ...WEEKLIES, '2026-12-18', '2027-06-17'].sort(),
} as const satisfies Readonly<Record<string, readonly CalendarDate[]>>;
