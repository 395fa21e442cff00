import { addDays, type CalendarDate } from './calendar-date.js';
import { exchangeHolidays, thanksgiving, weekday } from './exchange-holidays.js';

/** Closes of the US stock and option exchanges, hours of New York time. */
const CLOSING_HOUR = 16;
const EARLY_CLOSING_HOUR = 13;

/** True on a day the exchanges are open, early closes included. */
export function isBusinessDay(date: CalendarDate): boolean {
  const day = weekday(date);
  return day !== 0 && day !== 6 && !exchangeHolidays(Number(date.slice(0, 4))).has(date);
}

/** The `count`-th business day after a date, which need not be one itself: three after a Friday is the Wednesday. */
export function businessDaysAfter(date: CalendarDate, count: number): CalendarDate {
  let day = date;
  for (let left = count; left > 0; left -= isBusinessDay(day) ? 1 : 0) day = addDays(day, 1);
  return day;
}

/** Business days after `from` up to and with `to`; 0 where `to` is not later. */
export function businessDaysBetween(from: CalendarDate, to: CalendarDate): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) count += isBusinessDay(day) ? 1 : 0;
  return count;
}

/**
 * 16, or 13 where the exchanges close early: on the eve of Independence Day, the day after Thanksgiving and Christmas
 * Eve, as far as these are business days (https://www.nyse.com/markets/hours-calendars; so every year since 2013).
 */
export function closingHour(date: CalendarDate): number {
  return isEarlyClose(date) ? EARLY_CLOSING_HOUR : CLOSING_HOUR;
}

function isEarlyClose(date: CalendarDate): boolean {
  const year = Number(date.slice(0, 4));
  const days = [`${year}-07-03`, addDays(thanksgiving(year), 1), `${year}-12-24`];
  return days.includes(date) && isBusinessDay(date);
}
