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

/** `a.plus(b)`, the sooner for whole numbers. */
export function decimalSum(a: Decimal, b: Decimal): Decimal {
  const [wholeA, wholeB] = [wholeNumber(a), wholeNumber(b)];
  return wholeA === undefined || wholeB === undefined ? a.plus(b) : new Decimal(wholeA + wholeB);
}
