import './decimal-digits.js';
import { Decimal } from 'decimal.js';
import { floorHundredths, wholeNumber } from './whole-number.js';

/**
 * Whole US cents as an integer: sums and differences are exact, so `change = after − before` holds to the cent.
 * Beyond {@link MOST_CENTS} that is no longer true: there the functions here give `undefined`, and the caller reports it.
 */
export type Cents = number;

/** 22.5 trillion dollars. The change of an excess, itself a difference, is up to four times this: still an exact integer. */
const MOST_CENTS = 2 ** 51;

/** Scan losses are sums of products in binary floating point; what is this near a whole cent is that cent. */
const NOISE_CENTS = 1e-6;
const NOISE_RELATIVE = 1e-12;
/** However large the amount, a whole cent is never taken for noise. */
const MOST_NOISE_CENTS = 0.5;

/** A requirement, rounded up to the cent: the only place a requirement is rounded. `amount` in dollars, ≥ 0. */
export function requirementCents(amount: number): Cents | undefined {
  const cents = amount * 100;
  const noise = Math.min(Math.max(NOISE_CENTS, Math.abs(cents) * NOISE_RELATIVE), MOST_NOISE_CENTS);
  return exactCents(Math.ceil(cents - noise));
}

const ZERO = new Decimal(0);

/**
 * Equity, rounded down to the cent (towards −∞): never a cent more than there is. In dollars, or in two amounts, cash and
 * the market value of positions, that are rounded together.
 */
export function equityCents(cash: Decimal, marketValue = ZERO): Cents | undefined {
  const [wholeCash, wholeValue] = [wholeNumber(cash), wholeNumber(marketValue)];
  const isWhole = wholeCash !== undefined && wholeValue !== undefined;
  return exactCents(isWhole ? (wholeCash + wholeValue) * 100 : floorHundredths(cash.plus(marketValue)));
}

/** A profit or loss for show, rounded to the nearest cent. `amount` in dollars. */
export function profitCents(amount: number): Cents {
  return Math.round(amount * 100) + 0;
}

/** `-1234` cents is `"-12.34"`. */
export function centsText(cents: Cents): string {
  const size = Math.abs(cents);
  const beyondDollars = size % 100;
  return `${cents < 0 ? '-' : ''}${(size - beyondDollars) / 100}.${beyondDollars < 10 ? '0' : ''}${beyondDollars}`;
}

/** `cents` where it, and what is computed from it, is exact; else undefined. */
export function exactCents(cents: number): Cents | undefined {
  return Number.isInteger(cents) && Math.abs(cents) <= MOST_CENTS ? cents + 0 : undefined;
}
