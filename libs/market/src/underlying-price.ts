import type { Decimal } from 'decimal.js';
import type { Underlying } from './instrument.js';
import { type MarketGap, marketGap } from './market-gap.js';

/** The price of an underlying to margin by, or why there is none; an old price is never used. */
export function underlyingPrice({ symbol, price, priceDate }: Underlying): Decimal | readonly MarketGap[] {
  if (price === null) return [marketGap('price.missing', symbol)];
  return priceDate === null ? price : [marketGap('price.stale', symbol)];
}
