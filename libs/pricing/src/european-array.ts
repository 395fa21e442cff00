import type { ArrayInputs } from './array-inputs.js';
import { tableCdf } from './normal-table.js';

/**
 * European values per share at many spots, written to `out` from `offset`: Black & Scholes (1973), Merton (1973). On
 * forwards it is Black (1976). With A the discounted spot and B the discounted strike,
 * w (A Phi(w d1) - B Phi(w d2)), d1,2 = ln(A / B) / deviation ± deviation / 2, w = +1 call, -1 put.
 *
 * @param deviation standard deviation of the log price to expiry, volatility × sqrt(T), > 0
 */
export function europeanArray(
  isCall: boolean,
  inputs: ArrayInputs,
  deviation: number,
  out: Float64Array,
  offset: number,
): void {
  const { count, forwards, forwardLogs, discountedStrike: B } = inputs;
  const w = isCall ? 1 : -1;
  const inverse = w / deviation;
  const half = 0.5 * w * deviation;
  const whole = w * deviation;
  for (let j = 0; j < count; j++) {
    const A = forwards[j];
    const d1 = forwardLogs[j] * inverse + half;
    const formula = w * (A * tableCdf(d1) - B * tableCdf(d1 - whole));
    // Rounding may leave -1e-16 far out of the money, or fall short of A - B far in it. NaN stays NaN.
    const ahead = w * (A - B);
    const bounded = formula < ahead ? ahead : formula;
    out[offset + j] = bounded < 0 ? 0 : bounded;
  }
}
