import { cosine, sine } from './circle.js';
import { gaussLegendre } from './gauss-legendre.js';

/*
 * Where the exercise boundary is solved and read. Time to expiry tau is counted by its root y = sqrt(tau / T) in
 * [0, 1], in which the boundary is nearly smooth. The unknown is H = ln²(B / X), a polynomial in y through Chebyshev
 * nodes, H(0) = 0: Andersen, Lake & Offengenden (2016). Integrals over s in (0, tau) run over s = tau cos²(theta),
 * u = tau - s = tau sin²(theta): that cures both ends, the 1/sqrt(s) of the density and the sqrt(u) of the boundary.
 * All positions are thus fixed numbers, and reading H at a quadrature point is a row of a constant matrix.
 */

/** Gauss-Legendre over theta in (0, pi/2). */
export interface Arc {
  readonly count: number;
  readonly sin: Float64Array;
  readonly cos: Float64Array;
  /** 1 / cos: kernels multiply where they would divide. */
  readonly sec: Float64Array;
  readonly weight: Float64Array;
}

export function arc(count: number): Arc {
  const { nodes, weights } = gaussLegendre(count);
  const theta = nodes.map((node) => (Math.PI / 4) * (1 + node));
  const cos = theta.map(cosine);
  const sec = cos.map((c) => 1 / c);
  return { count, sin: theta.map(sine), cos, sec, weight: weights.map((w) => (Math.PI / 4) * w) };
}

/** y_i = (1 - cos(i pi / n)) / 2, i = 0..n. */
export function chebyshevRoots(n: number): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, i) => {
    const half = sine((i * Math.PI) / (2 * n));
    return half * half;
  });
}

/**
 * Row of barycentric weights (Berrut & Trefethen 2004): the polynomial's value at y is row · (values at the nodes).
 * Written to `out` from `offset` without the node y = 0 when `skip` is 1, as H is 0 there.
 */
export function interpolationRow(y: number, roots: Float64Array, skip: 0 | 1, out: Float64Array, offset: number): void {
  const n = roots.length - 1;
  let sum = 0;
  const row = roots.map((root, j) => {
    const sign = j % 2 === 0 ? 1 : -1;
    const weight = y === root ? Infinity : (sign * (j === 0 || j === n ? 0.5 : 1)) / (y - root);
    sum += weight;
    return weight;
  });
  for (let j = skip; j <= n; j++) {
    if (Number.isFinite(sum)) out[offset + j - skip] = row[j] / sum;
    else out[offset + j - skip] = Number.isFinite(row[j]) ? 0 : 1;
  }
}
