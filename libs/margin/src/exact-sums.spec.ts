import * as fc from 'fast-check';
import { addTerms, exactSum, exactSums, LARGEST_GROSS, takeTerms } from './exact-sums.js';

const RUNS = { seed: 20_260_821, numRuns: 300 };

const summed = (terms: readonly number[]): number[] => {
  const sums = exactSums(1);
  for (const term of terms) addTerms(sums, [term]);
  return sums;
};
const terms = fc.array(
  fc.oneof(
    fc.double({ min: -1e12, max: 1e12, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.constantFrom(0.1, -0.1, 0.0625, 0.375, 2 ** -41, LARGEST_GROSS / 256),
  ),
  { maxLength: 200 },
);

describe('an exact sum', () => {
  it('has the same bits in every order', () => {
    fc.assert(
      fc.property(terms, fc.infiniteStream(fc.integer()), (list, keys) => {
        const shuffled = list.map((term) => ({ term, key: keys.next().value })).sort((a, b) => a.key - b.key);
        expect(summed(shuffled.map(({ term }) => term))).toEqual(summed(list));
      }),
      RUNS,
    );
  });

  it('has the bits of sums that never held what was taken away', () => {
    fc.assert(
      fc.property(terms, terms, (kept, taken) => {
        const sums = summed([...taken, ...kept]);
        for (const term of taken) takeTerms(sums, [term]);
        expect(sums).toEqual(summed(kept));
      }),
      RUNS,
    );
  });

  it('is the sum, to a billionth of a cent a term', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), { maxLength: 100 }), (wholes) => {
        // Sixteenths: exact as terms and as their plain sum.
        const list = wholes.map((whole) => whole / 16);
        expect(exactSum(summed(list), 0)).toBe(list.reduce((sum, term) => sum + term, 0));
      }),
      RUNS,
    );
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (term) => {
        expect(Math.abs(exactSum(summed([term]), 0) - term)).toBeLessThanOrEqual(2 ** -41);
      }),
      RUNS,
    );
  });

  it('of nothing is plain zero, also after what was added is gone', () => {
    const sums = summed([-0.3]);
    takeTerms(sums, [-0.3]);
    expect([...sums].every((sum) => Object.is(sum, 0))).toBe(true);
  });
});
