import { field, type FieldOptions } from './field.js';

const DATE = /^(?:19|2\d)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const INSTANT = /^(?:19|2\d)\d{2}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/;

/** True where `date` (already `YYYY-MM-DD`) is in the calendar: 2026-02-30 is not. */
function inCalendar(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

const isDate = (value: unknown): boolean => typeof value === 'string' && DATE.test(value) && inCalendar(value);
const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && INSTANT.test(value) && inCalendar(value.slice(0, 10));

/** An exchange date, 1900 to 2999. Error code `field.date`. */
export function CalendarDateField(options: FieldOptions): PropertyDecorator {
  const schema = { type: 'string', format: 'date', pattern: DATE.source };
  return field('date', options, schema, (value) => (isDate(value) ? undefined : 'must be a date YYYY-MM-DD'));
}

/** An instant in UTC, RFC 3339 with at most milliseconds. Error code `field.instant`. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  const schema = { type: 'string', format: 'date-time', pattern: INSTANT.source };
  const sentence = 'must be an instant in UTC, YYYY-MM-DDTHH:MM:SS.sssZ';
  return field('instant', options, schema, (value) => (isInstant(value) ? undefined : sentence));
}
