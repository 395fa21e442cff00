import type { CashDividend } from './option-terms.js';

/** Value today, per share, of the cash dividends that fall before expiry. */
export function dividendsPresentValue(dividends: readonly CashDividend[]): number {
  let sum = 0;
  for (const dividend of dividends) sum += presentValue(dividend);
  return sum;
}

/** Value today of one cash dividend, at the zero rate to its own date. */
export function presentValue(dividend: CashDividend): number {
  return dividend.amount * Math.exp(-dividend.rateContinuous * dividend.years);
}

/**
 * The part of the spot that moves: spot less the escrowed dividends, never below zero (a share cannot owe money).
 * Escrowed dividend model: Roll (1977), Geske (1979), Whaley (1981).
 */
export function escrowedSpot(spot: number, dividendsValue: number): number {
  return Math.max(0, spot - dividendsValue);
}
