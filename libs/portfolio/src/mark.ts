import './decimal-digits.js';
import { Decimal } from 'decimal.js';
import type { Instrument } from '@app/market';
import { wholeNumber } from './whole-number.js';

/** What one unit of an instrument counts for in money. */
export interface Mark {
  readonly instrument: Instrument;
  /** Dollars per share or point: the snapshot's price, or the theoretical value of an option that has none. */
  readonly price: Decimal;
  /** The same as a double. */
  readonly priceNumber: number;
  /** Shares or points a unit stands for: 100 for a standard option, 1 for a share. */
  readonly multiplier: Decimal;
  /** Market value of one unit long in dollars: price × multiplier, and of a future nothing. */
  readonly unitValue: Decimal;
}

const ONE = new Decimal(1);
const ZERO = new Decimal(0);

/** The mark of an instrument at a price. */
export function mark(instrument: Instrument, price: Decimal): Mark {
  const multiplier = instrument.kind === 'UNDERLYING' ? ONE : instrument.multiplier;
  const unitValue = instrument.kind === 'FUTURE' ? ZERO : price.times(multiplier);
  return { instrument, price, priceNumber: price.toNumber(), multiplier, unitValue };
}

/**
 * Market value in dollars, + for long: quantity × price × multiplier. A future has none: its gains and losses are
 * settled into cash every day.
 */
export function marketValue(quantity: Decimal, { instrument, unitValue }: Mark): Decimal {
  return instrument.kind === 'FUTURE' ? ZERO : quantity.times(unitValue);
}

/** The same where it is a whole number that a double has exactly, as options' nearly always are. */
export function wholeValue(quantity: Decimal, { unitValue }: Mark): number | undefined {
  const [units, each] = [wholeNumber(quantity), wholeNumber(unitValue)];
  if (units === undefined || each === undefined) return undefined;
  const value = units * each;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Shares or points that so many units stand for: quantity × multiplier. */
export function sharesOf(quantity: Decimal, { multiplier }: Mark): number {
  const [units, each] = [wholeNumber(quantity), wholeNumber(multiplier)];
  // The product of two doubles is the exact product rounded once, as the decimal one is.
  return units === undefined || each === undefined ? quantity.times(multiplier).toNumber() : units * each;
}
