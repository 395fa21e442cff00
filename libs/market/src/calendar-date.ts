/** An exchange date, `YYYY-MM-DD`. */
export type CalendarDate = string;

const MILLISECONDS_PER_DAY = 86_400_000;
const DATE_SHAPE = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for a date that exists (no 30 February) between 1900 and 2199; nothing else may become a `CalendarDate`. */
export function isCalendarDate(text: string): boolean {
  // Arithmetic, not a Date: an import asks a million times.
  return DATE_SHAPE.test(text) && Number(text.slice(8)) <= lastDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

function lastDay(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeapYear ? 29 : DAYS_OF_MONTH[month - 1];
}

/** Calendar days from `from` to `to`; negative where `to` is the earlier one. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MILLISECONDS_PER_DAY);
}

/** `days` may be negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}
