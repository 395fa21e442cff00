import type { ZeroRate } from './market.js';

/**
 * Continuously compounded zero rate to `days` from the valuation date: linear between the curve's points, flat outside
 * them. `undefined` on an empty curve: an unknown rate is a gap, never 0.
 */
export function zeroRate(rates: readonly ZeroRate[], days: number): number | undefined {
  const above = rates.findIndex((point) => point.days >= days);
  if (above === -1) return rates.at(-1)?.rate;
  const right = rates[above];
  if (above === 0 || right.days === days) return right.rate;
  const left = rates[above - 1];
  return left.rate + ((right.rate - left.rate) * (days - left.days)) / (right.days - left.days);
}
