import type { ArrayInputs } from './array-inputs.js';
import { earlyExercisePremium, type PremiumIntegral } from './premium-integral.js';
import type { UnitPut } from './unit-put.js';

/**
 * Raises European values, at `out[offset + j]`, to American ones at one volatility and many spots. At or beyond the
 * boundary the value is intrinsic exactly; elsewhere it is at least intrinsic and at least European.
 *
 * @param premium the boundary of `put` at this volatility
 */
export function raiseToAmerican(
  put: UnitPut,
  premium: PremiumIntegral,
  { count, spots, logs }: ArrayInputs,
  out: Float64Array,
  offset: number,
): void {
  const { isCall, strike } = put;
  const { lnB } = premium;
  for (let j = 0; j < count; j++) {
    const spot = spots[j];
    const x = isCall ? -logs[j] : logs[j];
    const intrinsic = isCall ? spot - strike : strike - spot;
    if (x <= lnB) {
      // European by rounding only, where rate and yield are next to nothing.
      if (!(out[offset + j] > intrinsic)) out[offset + j] = intrinsic;
    } else if (spot > 0) {
      const scale = isCall ? spot : strike;
      const added = scale * earlyExercisePremium(premium, x, (isCall ? strike : spot) / scale);
      // Not a comparison that NaN could slip past: NaN stays NaN.
      const value = added < 0 ? out[offset + j] : out[offset + j] + added;
      out[offset + j] = value < intrinsic ? intrinsic : value;
    }
  }
}
