import { tableCdf } from './normal-table.js';

/**
 * European values per share at many spots, on the logarithms of their discounted forward over the discounted strike:
 * Black & Scholes (1973), Merton (1973); of Black (1976) with forwards. Written to `out` from `offset`.
 *
 * @param A discounted spots S e^{-qT}, net of cash dividends, ≥ 0
 * @param logs ln(A / B), -Infinity where A is 0
 * @param B discounted strike K e^{-rT}, > 0
 * @param deviation standard deviation of the log price to expiry, volatility × sqrt(T), ≥ 0
 */
export function europeanArray(
  isCall: boolean,
  A: Float64Array,
  logs: Float64Array,
  count: number,
  B: number,
  deviation: number,
  out: Float64Array,
  offset: number,
): void {
  const inverse = 1 / deviation;
  const half = 0.5 * deviation;
  const w = isCall ? 1 : -1;
  for (let j = 0; j < count; j++) {
    const forward = A[j];
    const ahead = w * (forward - B);
    let value = ahead > 0 ? ahead : 0;
    if (deviation > 0) {
      const d1 = logs[j] * inverse + half;
      const formula = w * (forward * tableCdf(w * d1) - B * tableCdf(w * (d1 - deviation)));
      // Rounding may leave -1e-16 far out of the money, or fall short of A - B far in it.
      if (!(formula <= value)) value = formula;
    }
    out[offset + j] = value;
  }
}
