import { arc, chebyshevRoots, interpolationRow } from './collocation.js';

describe('interpolationRow', () => {
  const roots = chebyshevRoots(6);
  const at = (y: number, f: (y: number) => number, skip: 0 | 1): number => {
    const row = new Float64Array(7);
    interpolationRow(y, roots, skip, row, 0);
    return roots.slice(skip).reduce((sum, root, j) => sum + row[j] * f(root), 0);
  };

  it('reads polynomials of its degree exactly, between nodes and on them', () => {
    for (const y of [0.001, 0.3, 0.5, roots[2], 0.77, 1]) {
      expect(at(y, (x) => x ** 6 - 2 * x ** 3 + 5, 0)).toBeCloseTo(y ** 6 - 2 * y ** 3 + 5, 13);
      expect(at(y, (x) => x ** 5 - 3 * x, 1)).toBeCloseTo(y ** 5 - 3 * y, 13);
    }
  });

  it('is 0 at expiry where the polynomial is', () => {
    expect(at(0, (x) => x * x, 1)).toBe(0);
  });
});

describe('arc', () => {
  it('cures both ends: the density of an inverse root, and a root', () => {
    // s = cos², ds = 2 sin cos: the integral of 1 / sqrt(s) is 2, of sqrt(1 - s) is 2/3.
    const { sin, cos, weight, count } = arc(12);
    let inverseRoot = 0;
    let root = 0;
    for (let k = 0; k < count; k++) {
      inverseRoot += weight[k] * 2 * sin[k];
      root += weight[k] * 2 * sin[k] * cos[k] * sin[k];
    }
    expect(inverseRoot).toBeCloseTo(2, 14);
    expect(root).toBeCloseTo(2 / 3, 14);
  });
});
