import './decimal-digits.js';
import { Decimal } from 'decimal.js';
import type { Instrument } from '@app/market';

/** What one unit of an instrument counts for in money. */
export interface Mark {
  readonly instrument: Instrument;
  /** Dollars per share or point: the snapshot's price, or the theoretical value of an option that has none. */
  readonly price: Decimal;
  /** Shares or points a unit stands for: 100 for a standard option, 1 for a share. */
  readonly multiplier: Decimal;
}

const ONE = new Decimal(1);
const ZERO = new Decimal(0);

export function multiplier(instrument: Instrument): Decimal {
  return instrument.kind === 'UNDERLYING' ? ONE : instrument.multiplier;
}

/**
 * Market value in dollars, + for long: quantity × price × multiplier. A future has none: its gains and losses are
 * settled into cash every day.
 */
export function marketValue(quantity: Decimal, mark: Mark): Decimal {
  return mark.instrument.kind === 'FUTURE' ? ZERO : quantity.times(mark.price).times(mark.multiplier);
}
