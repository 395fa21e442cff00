import { normalCdf } from '../../libs/pricing/src/normal-cdf.js';

/**
 * European value per share on discounted legs: Black & Scholes (1973), Merton (1973) for the yield in the first leg.
 *
 * @param A discounted spot S e^{-qT}, S net of the present value of cash dividends, ≥ 0
 * @param B discounted strike K e^{-rT}, > 0
 * @param deviation standard deviation of the log price to expiry, volatility × sqrt(T), ≥ 0
 */
export function blackScholes(isCall: boolean, A: number, B: number, deviation: number): number {
  if (!(A > 0) || !(deviation > 0)) return Math.max(0, isCall ? A - B : B - A);
  const d1 = Math.log(A / B) / deviation + 0.5 * deviation;
  const d2 = d1 - deviation;
  const value = isCall ? A * normalCdf(d1) - B * normalCdf(d2) : B * normalCdf(-d2) - A * normalCdf(-d1);
  // Rounding may leave -1e-16 far out of the money, or fall short of A - B far in it.
  return Math.max(0, isCall ? A - B : B - A, value);
}
