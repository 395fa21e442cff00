import { Decimal } from 'decimal.js';
import type { Option, Quote } from '@app/market';

/** Columns of `option_quotes` without the snapshot, as `optionLine` writes them. */
export const OPTION_COLUMNS =
  'symbol, underlying, exercise, multiplier, adjusted, bid, ask, price, implied_volatility, volatility_source, flags';

/** An option as one line of COPY's text format. Nothing of it needs escaping: checked symbols, closed words, numbers. */
export function optionLine(option: Option, quote: Quote): string {
  const { symbol, underlying, exercise, multiplier, adjusted, price, impliedVolatility, volatilitySource, flags } =
    option;
  const fields = [
    symbol,
    underlying,
    exercise,
    multiplier.toFixed(),
    adjusted ? 't' : 'f',
    decimalField(quote.bid),
    decimalField(quote.ask),
    decimalField(price),
    impliedVolatility ?? NULL,
    volatilitySource ?? NULL,
    `{${flags.join(',')}}`,
  ];
  return `${fields.join('\t')}\n`;
}

const NULL = '\\N';

/** Rounded here, half to even, where PostgreSQL would round half away from zero. */
function decimalField(value: Decimal | null): string {
  return value?.toDecimalPlaces(10, Decimal.ROUND_HALF_EVEN).toFixed() ?? NULL;
}
