import { cosine, sine } from './circle.js';

describe('sine and cosine', () => {
  it('agree with the platform to its last digits', () => {
    for (let x = 0; x <= 3.14; x += 0.01) {
      expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(4e-16);
      expect(Math.abs(sine(-x) - Math.sin(-x))).toBeLessThan(4e-16);
      expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(4e-16);
    }
  });

  it('are exact where they can be', () => {
    expect([sine(0), cosine(0), sine(Math.PI / 2)]).toEqual([0, 1, 1]);
  });
});
