import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from './calendar-date.js';
import { businessDaysAfter, businessDaysBetween, closingHour, isBusinessDay } from './exchange-calendar.js';
import { exchangeHolidays } from './exchange-holidays.js';

/** Full closings and 13:00 closings by year as published at https://www.nyse.com/markets/hours-calendars. */
const PUBLISHED: readonly (readonly [year: number, closed: string, early: string])[] = [
  [2013, '01-01 01-21 02-18 03-29 05-27 07-04 09-02 11-28 12-25', '07-03 11-29 12-24'],
  [2021, '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24', '11-26'],
  [2022, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26', '11-25'],
  [2023, '01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25', '07-03 11-24'],
  [2024, '01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25', '07-03 11-29 12-24'],
  [2025, '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25', '07-03 11-28 12-24'],
  [2026, '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25', '11-27 12-24'],
  [2027, '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24', '11-26'],
  [2028, '01-17 02-21 04-14 05-29 06-19 07-04 09-04 11-23 12-25', '07-03 11-24'],
];

function daysOf(year: number): string[] {
  return Array.from({ length: 366 }, (_, day) => addDays(`${year}-01-01`, day)).filter(
    (day) => +day.slice(0, 4) === year,
  );
}

function earlyCloses(year: number): string[] {
  return daysOf(year).filter((day) => isBusinessDay(day) && closingHour(day) === 13);
}

describe('exchange calendar', () => {
  it.each(PUBLISHED)('%s: the days the exchange published', (year, closed, early) => {
    const dates = (text: string) => text.split(' ').map((day) => `${year}-${day}`);
    expect([...exchangeHolidays(year)].sort()).toEqual(dates(closed));
    expect(earlyCloses(year)).toEqual(dates(early));
  });

  it('knows closings that came up: of 2001 and 2012, and days of mourning', () => {
    for (const day of ['2001-09-11', '2001-09-14', '2012-10-29', '2012-10-30', '2018-12-05', '2025-01-09']) {
      expect(isBusinessDay(day)).toBe(false);
    }
    expect(isBusinessDay('2001-09-17')).toBe(true);
  });

  it('keeps no New Year that falls on a Saturday, and no Juneteenth before 2022', () => {
    expect(isBusinessDay('2021-12-31')).toBe(true);
    expect(isBusinessDay('2020-06-19')).toBe(true);
    expect(isBusinessDay('2023-06-19')).toBe(false);
  });
});

describe('businessDaysAfter', () => {
  it('counts over weekends and holidays, from a business day or from none', () => {
    expect(businessDaysAfter('2026-06-12', 3)).toBe('2026-06-17');
    expect(businessDaysAfter('2026-06-17', 3)).toBe('2026-06-23');
    expect(businessDaysAfter('2026-06-13', 1)).toBe('2026-06-15');
    expect(businessDaysAfter('2026-12-23', 2)).toBe('2026-12-28');
    expect(businessDaysAfter('2026-06-12', 0)).toBe('2026-06-12');
  });

  it('is undone by businessDaysBetween', () => {
    for (const from of ['2026-06-12', '2026-12-31', '2027-07-03', '2012-10-26']) {
      for (const count of [0, 1, 2, 3, 10])
        expect(businessDaysBetween(from, businessDaysAfter(from, count))).toBe(count);
    }
    expect(businessDaysBetween('2026-06-12', '2026-06-01')).toBe(0);
  });
});

const FILE = join(__dirname, '../../../../shared/data/reference/market_holidays_early_closes.csv');
const listed = existsSync(FILE) ? describe : describe.skip;

listed('listed holidays of 2018 to 2028 (skipped where ../shared/data is absent)', () => {
  it('are all of them, and no others', () => {
    const rows = readFileSync(FILE, 'utf8')
      .trim()
      .split('\n')
      .map((row) => row.split(','));
    const equities = rows.filter(([market, date]) => market.startsWith('Equity-usa') && isWeekday(date));
    const of = (kind: string) =>
      equities
        .filter((row) => row[2] === kind)
        .map(([, date]) => date)
        .sort();
    const years = Array.from({ length: 11 }, (_, i) => 2018 + i);
    expect(of('closed').length).toBeGreaterThan(90);
    expect(years.flatMap((year) => [...exchangeHolidays(year)]).sort()).toEqual(of('closed'));
    expect(years.flatMap(earlyCloses).sort()).toEqual(of('early_close'));
  });
});

function isWeekday(date: string): boolean {
  return ![0, 6].includes(new Date(date).getUTCDay());
}
