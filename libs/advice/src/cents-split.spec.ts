import * as fc from 'fast-check';
import { centsSplit } from './cents-split.js';

const total = (cents: readonly number[]): number => cents.reduce((sum, each) => sum + each, 0);

describe('centsSplit', () => {
  it('keeps what adds up as it is', () => {
    expect(centsSplit(100, [30, 70])).toEqual([30, 70]);
    expect(centsSplit(-40, [-100, 60])).toEqual([-100, 60]);
  });

  it('gives cents left to the largest remainders, of equal ones to the first', () => {
    expect(centsSplit(100, [33.2, 33.7, 33.1])).toEqual([33, 34, 33]);
    expect(centsSplit(10, [5 / 3, 5 / 3, 20 / 3])).toEqual([2, 1, 7]);
    expect(centsSplit(1, [0.5, 0.5])).toEqual([1, 0]);
  });

  it('spreads what is missing by size, evenly over nothing', () => {
    expect(centsSplit(90, [10, -20])).toEqual([43, 47]);
    expect(centsSplit(10, [0, 0, 0])).toEqual([4, 3, 3]);
    expect(centsSplit(5, [])).toEqual([]);
  });

  it('adds up, within a cent of each share where the shares do', () => {
    const shares = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(shares, (list) => {
        const whole = Math.round(total(list)) + 0;
        const split = centsSplit(whole, list);
        expect(total(split)).toBe(whole);
        expect(split.every(Number.isInteger)).toBe(true);
        split.forEach((cents, i) => expect(Math.abs(cents - list[i])).toBeLessThan(2));
      }),
      { seed: 20_261_130, numRuns: 500 },
    );
  });
});
