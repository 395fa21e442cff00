import type { Cents } from '@app/portfolio';

/**
 * Whole cents that add up to `total` exactly, as near to `shares` (cents, not whole) as that allows. What the shares do
 * not add up to is spread over them by their size, evenly where all are nothing; then each is rounded down and the
 * cents left go to the largest remainders, the earlier of equals first. Empty `shares` give an empty answer.
 */
export function centsSplit(total: Cents, shares: readonly number[]): readonly Cents[] {
  const rest = total - shares.reduce((sum, share) => sum + share, 0);
  const size = shares.reduce((sum, share) => sum + Math.abs(share), 0);
  const whole = shares.map((share) => share + (size > 0 ? (rest * Math.abs(share)) / size : rest / shares.length));
  const cents = whole.map(Math.floor);
  let left = total - cents.reduce((sum, each) => sum + each, 0);
  const order = whole.map((_, i) => i).sort((a, b) => whole[b] - cents[b] - (whole[a] - cents[a]) || a - b);
  // As a rule fewer than there are shares; in the last digits of large amounts perhaps one below none.
  for (let i = 0; left !== 0 && order.length > 0; i = (i + 1) % order.length) {
    const step = Math.sign(left) * Math.max(1, Math.floor(Math.abs(left) / order.length));
    cents[order[i]] += step;
    left -= step;
  }
  return cents.map((each) => each + 0);
}
