import type { OptionRight } from '@app/pricing';

/** One leg of a spread. */
export interface SpreadLeg {
  readonly right: OptionRight;
  readonly strike: number;
  /** Shares the leg stands for: contracts × multiplier, + long, − short. */
  readonly shares: number;
}

/** Every price at which the value of a spread at expiry can have its least: the strikes and zero. */
export function spreadPrices(strikes: Iterable<number>): number[] {
  return [...new Set([0, ...strikes])].sort((a, b) => a - b);
}

/** What the legs are worth to their holder at expiry with the underlying at `price`, dollars. */
export function intrinsicValue(legs: readonly SpreadLeg[], price: number): number {
  let value = 0;
  for (const { right, strike, shares } of legs) {
    value += shares * Math.max(0, right === 'CALL' ? price - strike : strike - price);
  }
  return value;
}

/**
 * The most a spread can lose at expiry, premiums aside: its net intrinsic value at every strike and at zero, the
 * greatest loss (FINRA Regulatory Notice 12-44, Cboe SR-CBOE-2012-043). Long and short shares must be equal within
 * calls and within puts, or the loss above the highest strike has no end: the caller sees to that.
 */
export function spreadLoss(legs: readonly SpreadLeg[]): number {
  const values = spreadPrices(legs.map(({ strike }) => strike)).map((price) => intrinsicValue(legs, price));
  return Math.max(0, ...values.map((value) => -value));
}
