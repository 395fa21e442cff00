import { randomStream } from './random-stream.js';

describe('randomStream', () => {
  it('draws the same numbers from the same seed', () => {
    const [a, b] = [randomStream(1), randomStream(1)];
    expect(Array.from({ length: 50 }, a)).toEqual(Array.from({ length: 50 }, b));
    expect(randomStream(2)()).not.toBe(randomStream(1)());
  });

  it('is uniform on [0, 1): ten equal bins of 10,000 draws are within five standard deviations', () => {
    const random = randomStream(7);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) bins[Math.floor(10 * random())] += 1;
    for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
