import type { OptionTerms } from '@app/pricing';

/**
 * Textbook lattice of Cox, Ross & Rubinstein (1979) on the spot, continuous yield only: an independent check, slow and
 * plain on purpose. Value per share.
 */
export function crrPrice(terms: OptionTerms, spot: number, volatilityAnnual: number, steps: number): number {
  const { strike, yearsToExpiry, rateContinuous, dividendYield } = terms;
  const sign = terms.right === 'CALL' ? 1 : -1;
  const dt = yearsToExpiry / steps;
  const u = Math.exp(volatilityAnnual * Math.sqrt(dt));
  const p = (Math.exp((rateContinuous - dividendYield) * dt) - 1 / u) / (u - 1 / u);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability ${p} outside [0, 1]: take more steps`);
  const discount = Math.exp(-rateContinuous * dt);
  const payoff = (step: number, ups: number) => sign * (spot * u ** (2 * ups - step) - strike);

  let values = Array.from({ length: steps + 1 }, (_, ups) => Math.max(0, payoff(steps, ups)));
  for (let step = steps - 1; step >= 0; step--) {
    values = Array.from({ length: step + 1 }, (_, ups) => {
      const kept = discount * (p * values[ups + 1] + (1 - p) * values[ups]);
      return terms.exercise === 'AMERICAN' ? Math.max(kept, payoff(step, ups)) : kept;
    });
  }
  return values[0];
}
