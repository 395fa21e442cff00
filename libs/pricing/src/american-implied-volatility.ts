const VOLATILITY_TOLERANCE = 1e-12;
const LARGEST_ITERATIONS = 100;

/** What the search needs to know of one option. */
export interface AmericanSearch {
  /** American value at a volatility, nondecreasing. */
  readonly value: (volatilityAnnual: number) => number;
  /** Volatility at which the European twin is worth a price; Infinity for none. */
  readonly european: (price: number) => number;
  readonly price: number;
  /** The price is met to this much money per share. */
  readonly tolerance: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Volatility at which an American option is worth a price, between `lowest` and `highest`; `lowest` if that is worth
 * as much already, Infinity if `highest` is not.
 *
 * The option is worth no less than its European twin, so the twin's volatility bounds it from above. Measured by the
 * twin's volatility too, value is nearly a straight line in volatility of slope 1, where it is not intrinsic: secants
 * on that, halving the bracket whenever one leaves it or fails to halve the error. Two to four values as a rule.
 */
export function americanSolution(search: AmericanSearch): number {
  const { value, european, price, tolerance, lowest, highest } = search;
  const goal = european(price);
  // In the rare range between the European and the American upper bound, price itself is the measure.
  const measure = goal < Infinity ? european : (at: number): number => at;
  const target = measure(price);

  let low = lowest;
  let high = Math.min(goal, highest);
  if (high <= low) return lowest;
  let volatility = high;
  let amount = value(volatility);
  if (amount < price - 100 * tolerance) return Infinity;
  let error = measure(amount) - target;
  let next = goal < highest ? volatility - error : NaN;
  for (let i = 0; i < LARGEST_ITERATIONS; i++) {
    if (Math.abs(amount - price) <= tolerance || high - low <= VOLATILITY_TOLERANCE) break;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const previous = volatility;
    const previousError = error;
    volatility = next;
    amount = value(volatility);
    if (amount > price) high = volatility;
    else low = volatility;
    error = measure(amount) - target;
    const isSlow = Math.abs(error) > 0.5 * Math.abs(previousError);
    next = isSlow ? NaN : volatility - (error * (volatility - previous)) / (error - previousError);
  }
  return volatility;
}
