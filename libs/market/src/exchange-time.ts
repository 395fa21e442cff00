import type { CalendarDate } from './calendar-date.js';
import { closingHour } from './exchange-calendar.js';

// Building a formatter costs a thousand times more than using it; it holds the daylight-saving rules.
const NEW_YORK = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

function newYorkPart(instant: string, part: 'year' | 'month' | 'day' | 'hour'): string {
  return NEW_YORK.formatToParts(new Date(instant)).find(({ type }) => type === part)?.value ?? '';
}

/**
 * Date in New York at an RFC 3339 instant: midnight UTC is still the evening before there.
 * Throws RangeError where `instant` is not one; callers have checked it.
 */
export function exchangeDate(instant: string): CalendarDate {
  return `${newYorkPart(instant, 'year')}-${newYorkPart(instant, 'month')}-${newYorkPart(instant, 'day')}`;
}

/**
 * True at or after the close, 16:00 or 13:00 New York, of the instant's own exchange date: what expires that day is
 * then worth what it is exercised for.
 */
export function isAfterClose(instant: string): boolean {
  return Number(newYorkPart(instant, 'hour')) >= closingHour(exchangeDate(instant));
}

/** The close of the exchanges on a date, RFC 3339 UTC: an hour later by UTC in winter than in summer. */
export function closingInstant(date: CalendarDate): string {
  const summer = `${date}T${closingHour(date) + 4}:00:00.000Z`;
  return isAfterClose(summer) ? summer : `${date}T${closingHour(date) + 5}:00:00.000Z`;
}
