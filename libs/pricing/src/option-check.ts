import type { OptionTerms } from './option-terms.js';

/*
 * A number out of range here is a mistake in the calling code, not in the data: data is validated where it enters.
 * The checks keep NaN out of comparisons that would quietly take the wrong branch.
 */

/** @throws RangeError if the terms hold a number that is not finite or out of its range, or dividends out of order */
export function checkTerms(terms: OptionTerms): void {
  checkPositive('strike', terms.strike);
  checkNotNegative('yearsToExpiry', terms.yearsToExpiry);
  checkFinite('rateContinuous', terms.rateContinuous);
  checkFinite('dividendYield', terms.dividendYield);
  let previousYears = 0;
  for (const dividend of terms.dividends) {
    checkPositive('dividends.years', dividend.years);
    checkNotNegative('dividends.amount', dividend.amount);
    checkFinite('dividends.rateContinuous', dividend.rateContinuous);
    if (dividend.years < previousYears || dividend.years > terms.yearsToExpiry) {
      throw new RangeError(`dividends.years must be in order and not after expiry, got ${dividend.years}`);
    }
    previousYears = dividend.years;
  }
}

function checkFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, got ${value}`);
}

export function checkNotNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be finite and not negative, got ${value}`);
}

function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be finite and positive, got ${value}`);
}
