import type { ZeroRate } from './market.js';
import { DAYS_PER_YEAR } from './years-to-expiry.js';

/** A yield at which a new bond of this tenor is worth its face; 4.24 is 4.24 % a year, bond-equivalent. */
export interface ParYield {
  readonly tenorYears: number;
  readonly parYieldPercent: number;
}

interface DiscountFactor {
  readonly years: number;
  readonly value: number;
}

const COUPON_PERIOD_YEARS = 0.5;

/** Par yield (a fraction) at a tenor: linear between the published tenors, flat outside them. */
function parYieldAt(ascending: readonly ParYield[], years: number): number {
  const points = ascending.map(({ tenorYears, parYieldPercent }) => ({ at: tenorYears, value: parYieldPercent / 100 }));
  const above = points.findIndex(({ at }) => at >= years);
  if (above === -1) return points[points.length - 1].value;
  if (above === 0) return points[0].value;
  const [left, right] = [points[above - 1], points[above]];
  return left.value + ((right.value - left.value) * (years - left.at)) / (right.at - left.at);
}

/** Tenors of one coupon period or less pay once: simple interest, the convention of the Treasury's bill tenors. */
function shortFactors(ascending: readonly ParYield[]): DiscountFactor[] {
  return ascending
    .filter(({ tenorYears }) => tenorYears < COUPON_PERIOD_YEARS)
    .map(({ tenorYears, parYieldPercent }) => ({
      years: tenorYears,
      value: 1 / (1 + (parYieldPercent / 100) * tenorYears),
    }));
}

/** Each half-year bond at par gives the factor of its last payment: 1 = c/2 · (sum of the factors before) + (1 + c/2) · factor. */
function bootstrappedFactors(ascending: readonly ParYield[], lastTenorYears: number): DiscountFactor[] {
  const factors: DiscountFactor[] = [];
  let annuity = 0;
  for (let period = 1; period * COUPON_PERIOD_YEARS <= lastTenorYears; period++) {
    const years = period * COUPON_PERIOD_YEARS;
    const coupon = parYieldAt(ascending, years) * COUPON_PERIOD_YEARS;
    const value = (1 - coupon * annuity) / (1 + coupon);
    annuity += value;
    factors.push({ years, value });
  }
  return factors;
}

/**
 * Continuously compounded zero rates (ACT/365) from US Treasury par yields, which are bond-equivalent: coupons twice
 * a year (US Treasury, "Treasury Yield Curve Methodology"). The textbook bootstrap (e.g. Hull, Options, Futures and
 * Other Derivatives, ch. 4): one point at every published tenor below half a year and at every half year up to the
 * longest tenor. A curve that no positive discount factors explain, or with a doubtful tenor, is empty: a gap.
 */
export function zeroCurve(parYields: readonly ParYield[]): ZeroRate[] {
  const ascending = parYields.toSorted((a, b) => a.tenorYears - b.tenorYears);
  const doubtful = ascending.some(
    ({ tenorYears, parYieldPercent }, i) =>
      !(tenorYears > 0) || !Number.isFinite(parYieldPercent) || tenorYears === ascending[i - 1]?.tenorYears,
  );
  const lastTenorYears = ascending.at(-1)?.tenorYears;
  if (doubtful || lastTenorYears === undefined) return [];
  const factors = [...shortFactors(ascending), ...bootstrappedFactors(ascending, lastTenorYears)];
  if (factors.some(({ value }) => !(value > 0))) return [];
  return factors.map(({ years, value }) => {
    // Half a year is 182.5 days: the rate is the factor's over whole days, so that the factor itself is kept exactly.
    const days = Math.max(1, Math.round(years * DAYS_PER_YEAR));
    return { days, rate: (Math.log(1 / value) * DAYS_PER_YEAR) / days };
  });
}
