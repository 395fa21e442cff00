import type { BondIssuer, UnderlyingFacts } from './instrument.js';
import { type CsvRecord, date, optionalAmount, optionalText, refuse, word } from './record-field.js';

const GREATEST_BETA = 10;
const MARGINABLE: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  false: false,
  '0': false,
  no: false,
};
const ISSUER: Readonly<Record<string, BondIssuer>> = {
  us_government: 'US_GOVERNMENT',
  municipal: 'MUNICIPAL',
  investment_grade: 'INVESTMENT_GRADE',
  other: 'OTHER',
};

/** What an underlying file says beyond price and place; a blank or absent column is not known, and may be borrowed on. */
export function underlyingFacts(record: CsvRecord): Omit<UnderlyingFacts, 'portfolioGroup'> {
  const given = (column: string): boolean => optionalText(record, column) !== '';
  return {
    beta: beta(record),
    marketCap: positive(record, 'market_cap'),
    sharesOutstanding: positive(record, 'shares_outstanding'),
    averageDailyVolume: volume(record, given('average_daily_volume') ? 'average_daily_volume' : 'adv_20d_shares'),
    earningsDate: given('earnings_date') ? date(record, 'earnings_date') : null,
    bond: given('bond_issuer')
      ? { issuer: word(record, 'bond_issuer', ISSUER), maturity: date(record, 'bond_maturity') }
      : null,
    marginable: given('marginable') ? word(record, 'marginable', MARGINABLE) : true,
  };
}

function beta(record: CsvRecord): number | null {
  const value = optionalAmount(record, 'beta');
  if (value?.abs().greaterThan(GREATEST_BETA)) refuse('beta', 'OUT_OF_RANGE', 'not from -10 to 10');
  return value?.toNumber() ?? null;
}

function positive(record: CsvRecord, column: string): number | null {
  const value = optionalAmount(record, column);
  if (value !== null && !value.greaterThan(0)) refuse(column, 'OUT_OF_RANGE', 'not above 0');
  return value?.toNumber() ?? null;
}

function volume(record: CsvRecord, column: string): number | null {
  const value = optionalAmount(record, column);
  if (value?.isNegative()) refuse(column, 'OUT_OF_RANGE', 'below 0');
  return value?.toNumber() ?? null;
}
