import { Decimal } from 'decimal.js';
import type { CalendarDate } from './calendar-date.js';
import { classification, type ClassificationBasis, groupsAbove } from './classification.js';
import { underlyingFacts } from './underlying-facts.js';
import type { ProductClass, Underlying, UnderlyingType } from './instrument.js';
import {
  type CsvRecord,
  date,
  optionalAmount,
  optionalDecimal,
  optionalText,
  type Refusal,
  refuse,
  rowOrRefusal,
  STORED_DECIMALS,
  ticker,
  word,
} from './record-field.js';

/** What was not as it should be, and how it was read. */
export type UnderlyingNote =
  | 'PRICE_ROUNDED' // more than ten decimals, as from a floating-point source
  | 'PRICE_ABSENT'
  | 'PRICE_STALE' // older than the snapshot
  | 'DIVIDEND_YIELD_ABSENT' // read as 0
  | 'CLASSIFICATION_ASSUMED'; // an unknown fund, or a volatility index: the widest range, a class group of its own

export interface UnderlyingRow {
  readonly kind: 'UNDERLYING_ROW';
  /** Without dividends: they come from a file of their own. */
  readonly underlying: Underlying;
  readonly notes: readonly UnderlyingNote[];
  /** GIVEN where the file states the product class. */
  readonly basis: ClassificationBasis | 'GIVEN';
}

/** Columns an underlying file must have; yield, leverage, price date, classification and facts are read where they stand. */
export const UNDERLYING_COLUMNS: readonly string[] = ['symbol', 'type', 'price'];

const TYPE: Readonly<Record<string, UnderlyingType>> = {
  equity: 'EQUITY',
  etf: 'ETF',
  index: 'INDEX',
  bond: 'BOND',
  money_market_fund: 'MONEY_MARKET_FUND',
  fund: 'FUND',
};
const PRODUCT_CLASS: Readonly<Record<string, ProductClass>> = {
  equity: 'EQUITY',
  narrow_index: 'NARROW_INDEX',
  broad_index: 'BROAD_INDEX',
  high_cap_index: 'HIGH_CAP_INDEX',
};
/** A yield of 100 % a year is a percentage in a column of fractions; so is a fund of eleven times its index. */
const GREATEST_YIELD = 1;
const GREATEST_LEVERAGE = 10;

function price(record: CsvRecord, notes: UnderlyingNote[]): Decimal | null {
  const exact = optionalDecimal(record, 'price');
  if (exact === null) {
    notes.push('PRICE_ABSENT');
    return null;
  }
  const rounded = exact.toDecimalPlaces(STORED_DECIMALS, Decimal.ROUND_HALF_EVEN);
  if (!rounded.greaterThan(0)) refuse('price', 'OUT_OF_RANGE', 'not above 0');
  if (!rounded.equals(exact)) notes.push('PRICE_ROUNDED');
  return rounded;
}

function stalePriceDate(record: CsvRecord, valuationDate: CalendarDate, notes: UnderlyingNote[]): CalendarDate | null {
  if (optionalText(record, 'price_date') === '') return null;
  const priceDate = date(record, 'price_date');
  if (priceDate > valuationDate) refuse('price_date', 'OUT_OF_RANGE', 'after the date of the snapshot');
  if (priceDate === valuationDate) return null;
  notes.push('PRICE_STALE');
  return priceDate;
}

function dividendYield(record: CsvRecord, notes: UnderlyingNote[]): number {
  const value = optionalAmount(record, 'dividend_yield');
  if (value === null) notes.push('DIVIDEND_YIELD_ABSENT');
  if (value?.lessThan(0) || value?.greaterThanOrEqualTo(GREATEST_YIELD)) {
    refuse('dividend_yield', 'OUT_OF_RANGE', 'not a fraction from 0 to 1');
  }
  return value?.toNumber() ?? 0;
}

function statedLeverage(record: CsvRecord): number | null {
  const value = optionalAmount(record, 'leverage_factor');
  if (value?.isZero() || value?.abs().greaterThan(GREATEST_LEVERAGE)) {
    refuse('leverage_factor', 'OUT_OF_RANGE', 'not a multiple from -10 to 10, or 0');
  }
  return value?.toNumber() ?? null;
}

type Place = Pick<Underlying, 'productClass' | 'classGroup' | 'productGroup' | 'portfolioGroup' | 'leverage'>;

/** The file's own class wins over what is known of the symbol and its name; half of it is completed from there. */
function place(record: CsvRecord, symbol: string, type: UnderlyingType): Place & Pick<UnderlyingRow, 'basis'> {
  const known = classification(symbol, type, optionalText(record, 'name'), statedLeverage(record));
  const given = (column: string): string | null =>
    optionalText(record, column) === '' ? null : ticker(record, column);
  const isGiven = optionalText(record, 'product_class') !== '';
  const classGroup = given('class_group') ?? known.classGroup;
  const above = groupsAbove(classGroup);
  return {
    productClass: isGiven ? word(record, 'product_class', PRODUCT_CLASS) : known.productClass,
    classGroup,
    productGroup: given('product_group') ?? above.productGroup,
    portfolioGroup: given('portfolio_group') ?? above.portfolioGroup,
    leverage: known.leverage,
    basis: isGiven ? 'GIVEN' : known.basis,
  };
}

/** One line of an underlying file. A price older than `valuationDate` keeps its date, so that it is never used. */
export function underlyingRow(record: CsvRecord, valuationDate: CalendarDate): UnderlyingRow | Refusal {
  return rowOrRefusal(record, () => {
    const notes: UnderlyingNote[] = [];
    const symbol = ticker(record, 'symbol');
    const type = word(record, 'type', TYPE);
    const { basis, ...placed } = place(record, symbol, type);
    if (basis === 'ASSUMED' || basis === 'VOLATILITY_INDEX') notes.push('CLASSIFICATION_ASSUMED');
    const underlying: Underlying = {
      kind: 'UNDERLYING',
      symbol,
      type,
      price: price(record, notes),
      priceDate: stalePriceDate(record, valuationDate, notes),
      dividendYield: dividendYield(record, notes),
      dividends: [],
      forwards: [],
      ...underlyingFacts(record),
      ...placed,
    };
    return { kind: 'UNDERLYING_ROW', underlying, notes, basis };
  });
}
