import { gaussLegendre } from './gauss-legendre.js';

describe('gaussLegendre', () => {
  it('of two and three points is the textbook rule', () => {
    const two = gaussLegendre(2);
    expect(two.nodes[1]).toBeCloseTo(1 / Math.sqrt(3), 15);
    const three = gaussLegendre(3);
    expect(three.nodes[2]).toBeCloseTo(Math.sqrt(0.6), 15);
    expect(three.weights[1]).toBeCloseTo(8 / 9, 15);
  });

  it.each([8, 12, 28, 80])('of %d points integrates polynomials up to its degree', (count) => {
    const { nodes, weights } = gaussLegendre(count);
    for (let degree = 0; degree < 2 * count; degree++) {
      const integral = nodes.reduce((sum, x, i) => sum + weights[i] * x ** degree, 0);
      expect(Math.abs(integral - (degree % 2 === 0 ? 2 / (degree + 1) : 0))).toBeLessThan(1e-14);
    }
  });
});
