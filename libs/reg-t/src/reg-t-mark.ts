import { Decimal } from 'decimal.js';
import { type Market, marketGap, type Option, optionTerms, type Underlying, underlyingPrice } from '@app/market';
import { optionValue } from '@app/pricing';
import { mark, type Mark } from '@app/portfolio';
import { isRegTGaps, regTGap, type RegTGaps } from './reg-t-gap.js';

/** The mark of a share or option: its price, or the theoretical value of an option that has none. */
export function regTMark(instrument: Underlying | Option, underlying: Underlying, market: Market): Mark | RegTGaps {
  const spot = underlyingPrice(underlying);
  if (instrument.kind === 'UNDERLYING') {
    return isRegTGaps(spot) ? spot : mark(instrument, spot);
  }
  const known = optionTerms(instrument, underlying, market);
  const { price: stated } = instrument;
  // A forward is for the model alone, which a price makes needless.
  const gaps =
    known.kind === 'TERMS' ? [] : known.gaps.filter(({ code }) => stated === null || code !== 'forward.missing');
  if (isRegTGaps(spot) || gaps.length > 0) return [...(isRegTGaps(spot) ? spot : []), ...gaps];
  const price = stated ?? (known.kind === 'GAPS' ? [] : theoreticalPrice(instrument, known.terms, spot.toNumber()));
  return price instanceof Decimal ? mark(instrument, price) : price;
}

function theoreticalPrice(
  { symbol, impliedVolatility }: Option,
  terms: Parameters<typeof optionValue>[0],
  spot: number,
): Decimal | RegTGaps {
  if (impliedVolatility === null && terms.yearsToExpiry > 0) return [marketGap('volatility.missing', symbol)];
  const value = optionValue(terms, spot, impliedVolatility ?? 0);
  return Number.isFinite(value) ? new Decimal(value.toFixed(10)) : [regTGap('value.not_computable', symbol)];
}
