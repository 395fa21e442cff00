import type { CalendarDate } from './calendar-date.js';
import { amount, type CsvRecord, date, optionalText, type Refusal, refuse, rowOrRefusal } from './record-field.js';
import type { ParYield } from './zero-curve.js';

export interface RateRow {
  readonly kind: 'RATE';
  readonly date: CalendarDate;
  /** Name of the curve; '' where the file gives none. A curve is bootstrapped from the rows of one date and name. */
  readonly curve: string;
  readonly parYield: ParYield;
}

/** Columns a rate file must have. */
export const RATE_COLUMNS: readonly string[] = ['date', 'tenor_years', 'par_yield_pct'];

const GREATEST_TENOR_YEARS = 100;
const GREATEST_YIELD_PERCENT = 100;

/** One line of a rate file. */
export function rateRow(record: CsvRecord): RateRow | Refusal {
  return rowOrRefusal(record, () => {
    const tenorYears = amount(record, 'tenor_years').toNumber();
    if (!(tenorYears > 0 && tenorYears <= GREATEST_TENOR_YEARS)) {
      refuse('tenor_years', 'OUT_OF_RANGE', 'not above 0 and up to 100');
    }
    const parYieldPercent = amount(record, 'par_yield_pct').toNumber();
    if (Math.abs(parYieldPercent) > GREATEST_YIELD_PERCENT) refuse('par_yield_pct', 'OUT_OF_RANGE', 'beyond 100 %');
    const curve = optionalText(record, 'curve');
    if (!/^\w*$/.test(curve)) refuse('curve', 'UNKNOWN_WORD', 'not a name of letters, digits and underscores');
    return { kind: 'RATE', date: date(record, 'date'), curve, parYield: { tenorYears, parYieldPercent } };
  });
}
