import { Decimal } from 'decimal.js';
import { deliverableName, type Option, type Quote } from '@app/market';

/** Columns of `option_quotes` without the snapshot, as `optionLine` writes them. */
export const OPTION_COLUMNS =
  'symbol, form, underlying, "right", expiry, strike, exercise, multiplier, adjusted, deliverable, bid, ask, price, ' +
  'implied_volatility, volatility_source, flags';

/** An option as one line of COPY's text format. Nothing of it needs escaping: checked symbols, closed words, numbers. */
export function optionLine(option: Option, quote: Quote): string {
  const { symbol, form, underlying, exercise, multiplier, adjusted, deliverable } = option;
  const { price, impliedVolatility, volatilitySource, flags } = option;
  const fields = [
    symbol,
    form,
    underlying,
    // The symbol of a listed option says these.
    ...(form === 'LISTED' ? NO_TERMS : [option.right, option.expiry, option.strike]),
    exercise,
    multiplier.toFixed(),
    adjusted ? 't' : 'f',
    deliverable === null ? NULL : deliverableName(deliverable),
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
const NO_TERMS = [NULL, NULL, NULL];

/** Rounded here, half to even, where PostgreSQL would round half away from zero. */
function decimalField(value: Decimal | null): string {
  return value?.toDecimalPlaces(10, Decimal.ROUND_HALF_EVEN).toFixed() ?? NULL;
}
