import type { Underlying } from './instrument.js';

/** The price of an underlying as a number for the models; null where there is none or only an old one. */
export function usableSpot({ price, priceDate }: Underlying): number | null {
  return price === null || priceDate !== null || !price.greaterThan(0) ? null : price.toNumber();
}
