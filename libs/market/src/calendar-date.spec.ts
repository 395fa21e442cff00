import { addDays, daysBetween, isCalendarDate } from './calendar-date.js';

describe('isCalendarDate', () => {
  it.each(['2026-08-21', '2024-02-29', '2000-02-29', '1999-12-31'])('knows %s', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '0099-01-01',
    '',
    '2026-08-21T00:00:00Z',
  ])('refuses "%s"', (text) => expect(isCalendarDate(text)).toBe(false));
});

describe('daysBetween', () => {
  it('counts calendar days, negative backwards', () => {
    expect(daysBetween('2007-02-23', '2007-04-21')).toBe(57);
    expect(daysBetween('2007-04-21', '2007-02-23')).toBe(-57);
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  });
});

describe('addDays', () => {
  it('crosses months, leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });
});
