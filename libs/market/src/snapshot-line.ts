import { Decimal } from 'decimal.js';
import type { DividendRow } from './dividend-record.js';
import type { ContractRow } from './option-record.js';
import type { QuoteRow } from './quote-record.js';
import type { RateRow } from './rate-record.js';
import type { UnderlyingRow } from './underlying-record.js';

export type SnapshotRow = ContractRow | QuoteRow | UnderlyingRow | RateRow | DividendRow;

/** A number without exponent or trailing zeros: 1, 1.0 and 1e0 of a file are one text. */
function plain(value: Decimal | number | null): string {
  return value === null ? '' : new Decimal(value).toFixed();
}

function fields(row: SnapshotRow): readonly string[] {
  switch (row.kind) {
    case 'CONTRACT': {
      const { symbol, underlying, exercise, multiplier, adjusted } = row.contract;
      return [symbol, underlying, exercise, plain(multiplier), adjusted ? 'ADJUSTED' : ''];
    }
    case 'QUOTE':
      return [row.symbol, plain(row.quote.bid), plain(row.quote.ask)];
    case 'UNDERLYING_ROW': {
      const { symbol, type, price, priceDate, productClass, classGroup, productGroup, leverage, dividendYield } =
        row.underlying;
      const classes = [productClass, classGroup, productGroup ?? ''];
      return [symbol, type, plain(price), priceDate ?? '', ...classes, plain(leverage), plain(dividendYield)];
    }
    case 'RATE':
      return [row.date, row.curve, plain(row.parYield.tenorYears), plain(row.parYield.parYieldPercent)];
    case 'DIVIDEND':
      return [row.symbol, row.dividend.exDate, plain(row.dividend.amount)];
  }
}

/**
 * One row as one line of text that depends on what it says and not on how its file wrote it. Hashing the lines of a
 * snapshot in sorted order names its content. No field can hold the separator or a line break: symbols, dates, closed
 * words and plain numbers only.
 */
export function snapshotLine(row: SnapshotRow): string {
  return [row.kind, ...fields(row)].join('|');
}
