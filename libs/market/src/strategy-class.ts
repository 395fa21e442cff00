import type { Underlying } from './instrument.js';

/** Securities that the portfolio-margin model does not know, by how the strategy-based rules margin them. */
export type StrategyClass = 'BOND' | 'MONEY_MARKET_FUND' | 'FUND' | 'NON_MARGIN_EQUITY';

/**
 * Null for what the model margins: shares, exchange-traded funds and indices. Bonds, funds and shares that may not be
 * lent against stay in the account on strategy-based terms (FINRA 4210(g), _from memory_; the fund rates are in FINRA's
 * answers to questions on portfolio margin).
 */
export function strategyClass({ type, marginable }: Pick<Underlying, 'type' | 'marginable'>): StrategyClass | null {
  if (type === 'BOND' || type === 'MONEY_MARKET_FUND' || type === 'FUND') return type;
  return marginable || type === 'INDEX' ? null : 'NON_MARGIN_EQUITY';
}
