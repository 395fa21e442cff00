import { zeros } from './zeros.js';

/*
 * Sums that terms can be added to and taken from without any rounding, so that neither the order of the terms nor how a
 * state was reached can change a bit. Each term is split into a multiple of 1/8 and a rest, itself rounded to a multiple
 * of 2^−40 (under a billionth of a cent). Both sums are whole multiples that 53 bits hold exactly, as long as the terms
 * together stay within `LARGEST_GROSS` and are no more than `MOST_TERMS`.
 *
 * The split is Dekker's, by adding and taking away a large constant (T. J. Dekker, Numer. Math. 18, 1971; the exact
 * accumulation is that of a superaccumulator of two parts).
 */

/** Multiples of 1/8: up to 2^50 they are exact, and half of that leaves room for the constant. */
export const COARSE = 1.5 * 2 ** 49;
/** Multiples of 2^−40. A rest is 2^−4 at most, so 2^17 of them stay below 2^13: exact. */
export const FINE = 1.5 * 2 ** 12;

/** What the absolute values of all terms of one sum may come to. */
export const LARGEST_GROSS = 2 ** 48;
/** How many terms one sum may hold. */
export const MOST_TERMS = 2 ** 17;

/** Sums of zero, `count` of them; each takes two places. */
export function exactSums(count: number): number[] {
  return zeros(2 * count);
}

/** Adds a term to each sum. */
export function addTerms(sums: number[], terms: readonly number[]): void {
  for (let i = 0; i < terms.length; i++) {
    if (terms[i] === 0) continue;
    const coarse = terms[i] + COARSE - COARSE;
    const fine = terms[i] - coarse + FINE - FINE;
    sums[2 * i] += coarse;
    sums[2 * i + 1] += fine;
  }
}

/** Takes a term, added before, from each sum: what is left has the bits of sums that never held it. */
export function takeTerms(sums: number[], terms: readonly number[]): void {
  for (let i = 0; i < terms.length; i++) {
    if (terms[i] === 0) continue;
    const coarse = terms[i] + COARSE - COARSE;
    const fine = terms[i] - coarse + FINE - FINE;
    sums[2 * i] -= coarse;
    sums[2 * i + 1] -= fine;
  }
}

export function exactSum(sums: readonly number[], index: number): number {
  return sums[2 * index] + sums[2 * index + 1];
}
