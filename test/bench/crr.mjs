// The yardstick of the pricing benchmark: one American price from a lattice (Cox, Ross & Rubinstein 1979) written as the
// kernels are, over typed arrays and without allocation.
const LARGEST_STEPS = 1000;
const values = new Float64Array(LARGEST_STEPS + 1);
const payoffs = new Float64Array(2 * LARGEST_STEPS + 1);

export function crrValue(terms, spot, volatility, steps) {
  const { strike, yearsToExpiry, rateContinuous, dividendYield } = terms;
  const w = terms.right === 'CALL' ? 1 : -1;
  const dt = yearsToExpiry / steps;
  const u = Math.exp(volatility * Math.sqrt(dt));
  const p = (Math.exp((rateContinuous - dividendYield) * dt) - 1 / u) / (u - 1 / u);
  const up = Math.exp(-rateContinuous * dt) * p;
  const down = Math.exp(-rateContinuous * dt) * (1 - p);
  let price = spot * Math.exp(-steps * volatility * Math.sqrt(dt));
  for (let k = 0; k <= 2 * steps; k++) {
    payoffs[k] = w * (price - strike);
    price *= u;
  }
  for (let j = 0; j <= steps; j++) values[j] = payoffs[2 * j] > 0 ? payoffs[2 * j] : 0;
  for (let i = steps - 1; i >= 0; i--) {
    const base = steps - i;
    for (let j = 0; j <= i; j++) {
      const kept = up * values[j + 1] + down * values[j];
      const exercised = payoffs[2 * j + base];
      values[j] = kept > exercised ? kept : exercised;
    }
  }
  return values[0];
}
