/** How the volatility of one underlying's options depends on strike and expiry. Volatilities are annual fractions. */
export interface VolatilitySmile {
  /** At the money, for the nearest and for the farthest expiry. */
  readonly near: number;
  readonly far: number;
  /** Fall of volatility per standard deviation of the strike above the forward, as a fraction of at-the-money. */
  readonly skew: number;
  /** Rise per squared standard deviation, as a fraction of at-the-money. */
  readonly curvature: number;
}

/** Years in which two thirds of the way from `near` to `far` are gone. */
const TERM_YEARS = 0.35;
/** Beyond so many standard deviations the smile is flat: a parabola would run away. */
const WINGS = 2.5;

/** Volatility at a strike: a parabola in standard deviations from the forward, on an exponential term structure. */
export function smileVolatility(smile: VolatilitySmile, forward: number, strike: number, years: number): number {
  const atTheMoney = smile.far + (smile.near - smile.far) * Math.exp(-years / TERM_YEARS);
  const deviations = Math.log(strike / forward) / (atTheMoney * Math.sqrt(years));
  const m = Math.max(-WINGS, Math.min(WINGS, deviations));
  return atTheMoney * (1 - smile.skew * m + smile.curvature * m * m);
}
