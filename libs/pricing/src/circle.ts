/*
 * Node's Math.sin and Math.cos changed their last bits between releases (V8 moved to another libm); the nodes built
 * from them reach every price. These are sums of the Taylor series in plain arithmetic: the same bits everywhere.
 */

/** Sine for |x| ≤ pi, to about 2e-16. */
export function sine(x: number): number {
  if (x > Math.PI / 2) return sine(Math.PI - x);
  if (x < -Math.PI / 2) return -sine(-x);
  if (x > Math.PI / 4) return cosine(Math.PI / 2 - x);
  return x * series(x * x, 1);
}

/** Cosine for 0 ≤ x ≤ pi, to about 2e-16. */
export function cosine(x: number): number {
  if (x > Math.PI / 2) return -cosine(Math.PI - x);
  return x > Math.PI / 4 ? sine(Math.PI / 2 - x) : series(x * x, 0);
}

/** 1 - s / ((1 + o)(2 + o)) + s² / ((1 + o)...(4 + o)) ..., the smallest terms first. */
function series(s: number, offset: number): number {
  let sum = 1;
  for (let k = 20; k >= 2; k -= 2) sum = 1 - (s * sum) / ((k + offset) * (k - 1 + offset));
  return sum;
}
