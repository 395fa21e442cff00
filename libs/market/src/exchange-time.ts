import type { CalendarDate } from './calendar-date.js';

/** Regular close of the US stock and option exchanges, hours of New York time. */
const CLOSING_HOUR = 16;

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
 * True at or after 16:00 New York on the instant's own exchange date. The 13:00 closes before holidays are not known
 * here: on such a day options that expire count as alive until 16:00, which keeps one day of time value on them.
 */
export function isAfterClose(instant: string): boolean {
  return Number(newYorkPart(instant, 'hour')) >= CLOSING_HOUR;
}
