import { type CalendarDate, daysBetween } from './calendar-date.js';
import type { Market } from './market.js';

/** ACT/365, the day count of every year fraction in the house. */
export const DAYS_PER_YEAR = 365;

/**
 * Calendar days / 365 from the valuation date to `expiry`. On the expiry date itself one day before the close (an
 * option that still trades has time value) and 0 after it, which is settled at intrinsic value. `undefined` where it
 * has expired. Morning-settled options have traded for the last time the day before: on their expiry date they are at
 * intrinsic value at any hour, at the market's own level, since the one they are settled at is published later.
 */
export function yearsToExpiry(
  market: Pick<Market, 'valuationDate' | 'afterClose'>,
  expiry: CalendarDate,
  isMorningSettled = false,
): number | undefined {
  const days = daysBetween(market.valuationDate, expiry);
  if (days < 0) return undefined;
  if (days === 0) return market.afterClose || isMorningSettled ? 0 : 1 / DAYS_PER_YEAR;
  return days / DAYS_PER_YEAR;
}
