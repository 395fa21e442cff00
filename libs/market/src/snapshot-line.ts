import { Decimal } from 'decimal.js';
import type { DividendRow } from './dividend-record.js';
import { deliverableName } from './deliverable.js';
import type { FutureRow } from './future-record.js';
import type { OptionContract, UnderlyingFacts } from './instrument.js';
import type { ContractRow } from './option-record.js';
import type { QuoteRow } from './quote-record.js';
import type { RateRow } from './rate-record.js';
import type { UnderlyingRow } from './underlying-record.js';

/** How an underlying was read is not what it says. */
export type SnapshotRow =
  ContractRow | QuoteRow | FutureRow | Omit<UnderlyingRow, 'notes' | 'basis'> | RateRow | DividendRow;

/** A number without exponent or trailing zeros: 1, 1.0 and 1e0 of a file are one text. */
function plain(value: Decimal | number | null): string {
  return value === null ? '' : new Decimal(value).toFixed();
}

function fields(row: SnapshotRow): readonly string[] {
  switch (row.kind) {
    case 'CONTRACT': {
      const { symbol, underlying, exercise, multiplier, adjusted } = row.contract;
      return [symbol, underlying, exercise, plain(multiplier), adjusted ? 'ADJUSTED' : '', ...unlisted(row.contract)];
    }
    case 'QUOTE':
      return [row.symbol, plain(row.quote.bid), plain(row.quote.ask)];
    case 'UNDERLYING_ROW': {
      const { symbol, type, price, priceDate, productClass, classGroup, productGroup, leverage, dividendYield } =
        row.underlying;
      const classes = [productClass, classGroup, productGroup ?? ''];
      const numbers = [plain(leverage), plain(dividendYield)];
      return [symbol, type, plain(price), priceDate ?? '', ...classes, ...numbers, ...facts(row.underlying)];
    }
    case 'FUTURE_ROW': {
      const { symbol, underlying, expiry, multiplier, price } = row.future;
      return [symbol, underlying, expiry, plain(multiplier), plain(price)];
    }
    case 'RATE':
      return [row.date, row.curve, plain(row.parYield.tenorYears), plain(row.parYield.parYieldPercent)];
    case 'DIVIDEND':
      return [row.symbol, row.dividend.exDate, plain(row.dividend.amount)];
  }
}

/** What a listed option's symbol does not say. */
function unlisted({ form, right, expiry, strike, deliverable }: OptionContract): readonly string[] {
  if (form !== 'LISTED') return [form, right, expiry, plain(strike)];
  return deliverable === null ? [] : [deliverableName(deliverable)];
}

/** Nothing at all where nothing is known, so that a snapshot without facts keeps the name it always had. */
function facts(known: UnderlyingFacts): readonly string[] {
  const { portfolioGroup, beta, marketCap, sharesOutstanding, averageDailyVolume, earningsDate, marginable, bond } =
    known;
  const numbers = [beta, marketCap, sharesOutstanding, averageDailyVolume].map(plain);
  const words = [earningsDate ?? '', marginable ? '' : 'NOT_MARGINABLE', bond?.issuer ?? '', bond?.maturity ?? ''];
  const all = [portfolioGroup ?? '', ...numbers, ...words];
  return all.every((field) => field === '') ? [] : all;
}

/**
 * One row as one line of text that depends on what it says and not on how its file wrote it. Hashing the lines of a
 * snapshot in sorted order names its content. No field can hold the separator or a line break: symbols, dates, closed
 * words and plain numbers only.
 */
export function snapshotLine(row: SnapshotRow): string {
  return [row.kind, ...fields(row)].join('|');
}
