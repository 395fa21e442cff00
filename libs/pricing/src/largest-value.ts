import type { OptionTerms } from './option-terms.js';

/**
 * What an option's value rises to as volatility grows without limit, per share: a call becomes the share itself, a put
 * its strike, each at the better of now and expiry if American.
 */
export function largestValue(terms: OptionTerms, spot: number, netSpot: number): number {
  const { right, exercise, strike, yearsToExpiry: T, rateContinuous: r, dividendYield: q } = terms;
  if (right === 'CALL') {
    const atExpiry = netSpot * Math.exp(-q * T);
    return exercise === 'AMERICAN' ? Math.max(spot, spot - netSpot + atExpiry) : atExpiry;
  }
  const atExpiry = strike * Math.exp(-r * T);
  return exercise === 'AMERICAN' ? Math.max(strike, atExpiry) : atExpiry;
}
