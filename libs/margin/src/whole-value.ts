import { Decimal } from 'decimal.js';

/**
 * A market value as whole multiples of 10^−6 dollars, and what is below them as whole multiples of 10^−10, the last
 * digit of a stored price. One sum of the latter would be exact to 900,000 dollars only.
 */
export interface WholeValue {
  readonly value: number;
  /** ≥ 0. */
  readonly below: number;
}

export const SCALED = 1_000_000;
export const FINER = 10_000;
export const NO_VALUE: WholeValue = { value: 0, below: 0 };

const DIGITS = 10;
const PER_DOLLAR = SCALED * FINER;
/** Below it any two prices of ten digits are different float64. */
const LARGEST_PRICE = 2 ** 18;

/** Of one long unit; `price` is the same number as `exact`. Undefined where the parts are no integers that float64 holds. */
export function wholeValue(exact: Decimal, price: number, multiplier: number): WholeValue | undefined {
  const units = wholeUnits(exact, price);
  const whole = units === undefined ? viaDecimal(exact, multiplier) : product(units, multiplier);
  return Number.isSafeInteger(whole.value) && Number.isSafeInteger(whole.below) ? whole : undefined;
}

/** Multiples of 10^−10 dollars; undefined where float64 cannot tell. */
function wholeUnits(exact: Decimal, price: number): number | undefined {
  if (!(price >= 0 && price < LARGEST_PRICE) || exact.decimalPlaces() > DIGITS) return undefined;
  const units = Math.round(price * PER_DOLLAR);
  // The division is rounded to the float64 nearest to so many units: the price, if there are so many.
  return units / PER_DOLLAR === price ? units : undefined;
}

/** Times the multiplier in two parts, each of which is exact. */
function product(units: number, multiplier: number): WholeValue {
  const coarse = Math.floor(units / FINER);
  const fine = (units - coarse * FINER) * multiplier;
  const carried = Math.floor(fine / FINER);
  return { value: coarse * multiplier + carried, below: fine - carried * FINER };
}

function viaDecimal(exact: Decimal, multiplier: number): WholeValue {
  const worth = exact.times(multiplier).times(SCALED);
  const value = worth.floor();
  return { value: value.toNumber(), below: worth.minus(value).times(FINER).toNumber() };
}
