import { Decimal } from 'decimal.js';

/** Digits of one of the words that decimal.js keeps a number in, the first of them ending at a power of it. */
const WORD_DIGITS = 7;
const WORD = 10 ** WORD_DIGITS;

/**
 * A whole number below 10^14 as a double, which has it exactly; undefined for any other. `Decimal.toNumber` goes by way
 * of a text and takes ten times as long, and quantities, multipliers and cents are nearly always whole.
 */
export function wholeNumber({ s, e, d }: Decimal): number | undefined {
  // No digits: NaN or infinite, for all that decimal.js' types say.
  if (e < 0 || (d as number[] | null) === null) return undefined;
  if (e < WORD_DIGITS) return d.length === 1 ? s * d[0] : undefined;
  return e < 2 * WORD_DIGITS && d.length <= 2 ? s * (d[0] * WORD + (d[1] ?? 0)) : undefined;
}

/** `value.toNumber()`, the sooner for whole numbers. */
export function numberOf(value: Decimal): number {
  return wholeNumber(value) ?? value.toNumber();
}

/**
 * The decimals of small whole numbers, which quantities nearly always are, each made once: making one takes ten times as
 * long as looking it up, and none is ever changed.
 */
const MOST_KEPT = 1_000;
const KEPT: readonly Decimal[] = Array.from(
  { length: 2 * MOST_KEPT + 1 },
  (_, place) => new Decimal(place - MOST_KEPT),
);

/** `new Decimal(value)` of a whole number, the sooner for small ones; 0 for −0. */
function decimal(value: number): Decimal {
  return Math.abs(value) <= MOST_KEPT ? KEPT[value + MOST_KEPT] : new Decimal(value);
}

/** `new Decimal(value)` of a number, or of digits as they are sent, the sooner for small whole numbers. */
export function decimalOf(value: string | number): Decimal {
  const whole = typeof value === 'string' ? shortWhole(value) : undefined;
  return whole === undefined ? new Decimal(value) : decimal(whole);
}

/** One to three digits as a number; undefined for any other text. */
function shortWhole(text: string): number | undefined {
  if (text.length === 0 || text.length > 3) return undefined;
  let whole = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    whole = 10 * whole + digit;
  }
  return whole;
}

/** `a.plus(b)`, the sooner for whole numbers; 0 for −0. */
export function decimalSum(a: Decimal, b: Decimal): Decimal {
  const [wholeA, wholeB] = [wholeNumber(a), wholeNumber(b)];
  return wholeA === undefined || wholeB === undefined ? a.plus(b) : decimal(wholeA + wholeB);
}

/** `value.negated()`, the sooner for whole numbers; 0 of 0. */
export function negated(value: Decimal): Decimal {
  const whole = wholeNumber(value);
  return whole === undefined ? value.negated() : decimal(-whole);
}

/** Digits of the first word after the point that are no whole cents. */
const BELOW_CENT = WORD / 100;

/** `value.times(100).floor()` as a double, the sooner for what has a word before and after the point at most. */
export function floorHundredths(value: Decimal): number {
  const { s, e, d } = value;
  if (e < 0 || e >= 2 * WORD_DIGITS - 1 || (d as number[] | null) === null) return slowHundredths(value);
  const words = e < WORD_DIGITS ? 1 : 2;
  const whole = words === 1 ? d[0] : d[0] * WORD + (d[1] ?? 0);
  const after = d.length > words ? d[words] : 0;
  if (s > 0) return whole * 100 + Math.floor(after / BELOW_CENT);
  // Of what is below zero, digits beyond the cent lead to the next lower one.
  const isExact = after % BELOW_CENT === 0 && d.length <= words + 1;
  return -(whole * 100 + Math.floor(after / BELOW_CENT) + (isExact ? 0 : 1)) + 0;
}

function slowHundredths(value: Decimal): number {
  return numberOf(value.times(100).floor());
}
