import { addDays, type CalendarDate } from './calendar-date.js';

/** 0 is Sunday. */
export function weekday(date: CalendarDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

const [SUNDAY, MONDAY, THURSDAY, SATURDAY] = [0, 1, 4, 6];

/**
 * Closed for a reason that came up: days of mourning for presidents, storm Sandy, the attacks of 2001. From memory and
 * from published lists of past closings; the next one will have to be added.
 */
const UNSCHEDULED: readonly CalendarDate[] = [
  ...['2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14', '2004-06-11', '2007-01-02'],
  ...['2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09'],
];

/**
 * Days of a year on which the New York Stock Exchange, and with it the option exchanges, stays closed (NYSE Rule 7.2,
 * Holidays; https://www.nyse.com/markets/hours-calendars), weekends apart.
 */
export function exchangeHolidays(year: number): ReadonlySet<CalendarDate> {
  const known = holidaysByYear.get(year) ?? new Set([...scheduled(year), ...unscheduled(year)]);
  holidaysByYear.set(year, known);
  return known;
}

const holidaysByYear = new Map<number, ReadonlySet<CalendarDate>>();

function scheduled(year: number): CalendarDate[] {
  return [
    ...newYearsDay(year),
    // Martin Luther King Jr. Day since 1998.
    ...(year >= 1998 ? [nthWeekday(year, 1, MONDAY, 3)] : []),
    nthWeekday(year, 2, MONDAY, 3), // Washington's Birthday
    addDays(easterSunday(year), -2), // Good Friday
    lastMonday(year, 5), // Memorial Day
    // Juneteenth since 2022.
    ...(year >= 2022 ? [observed(`${year}-06-19`)] : []),
    observed(`${year}-07-04`), // Independence Day
    nthWeekday(year, 9, MONDAY, 1), // Labor Day
    thanksgiving(year),
    observed(`${year}-12-25`), // Christmas Day
  ];
}

function unscheduled(year: number): CalendarDate[] {
  return UNSCHEDULED.filter((date) => date.startsWith(`${year}-`));
}

/** A Saturday's holiday is kept on the Friday before, a Sunday's on the Monday after. */
function observed(date: CalendarDate): CalendarDate {
  if (weekday(date) === SATURDAY) return addDays(date, -1);
  return weekday(date) === SUNDAY ? addDays(date, 1) : date;
}

/** On a Saturday it is not kept at all: the Friday before ends the year's accounts (Rule 7.2). */
function newYearsDay(year: number): CalendarDate[] {
  const date = `${year}-01-01`;
  return weekday(date) === SATURDAY ? [] : [observed(date)];
}

/** The fourth Thursday of November. */
export function thanksgiving(year: number): CalendarDate {
  return nthWeekday(year, 11, THURSDAY, 4);
}

function nthWeekday(year: number, month: number, day: number, nth: number): CalendarDate {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  return addDays(first, ((day - weekday(first) + 7) % 7) + 7 * (nth - 1));
}

function lastMonday(year: number, month: number): CalendarDate {
  const fifth = nthWeekday(year, month, MONDAY, 5);
  return Number(fifth.slice(5, 7)) === month ? fifth : addDays(fifth, -7);
}

/** Gregorian computus, letters as in the Anonymous algorithm (Nature, 20 April 1876; Meeus, Astronomical Algorithms, ch. 8). */
function easterSunday(year: number): CalendarDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
