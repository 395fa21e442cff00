/** An exchange date, `YYYY-MM-DD`. */
export type CalendarDate = string;

const MILLISECONDS_PER_DAY = 86_400_000;
const DATE_SHAPE = /^(?:19|20|21)\d\d-\d\d-\d\d$/;

/** True for a date that exists (no 30 February) between 1900 and 2199; nothing else may become a `CalendarDate`. */
export function isCalendarDate(text: string): boolean {
  if (!DATE_SHAPE.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  // Engines differ in whether 30 February is invalid or rolls over into March: only a date that comes back is real.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** Calendar days from `from` to `to`; negative where `to` is the earlier one. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MILLISECONDS_PER_DAY);
}

/** `days` may be negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}
