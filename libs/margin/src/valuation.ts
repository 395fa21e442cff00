import { type Market, marketGap } from '@app/market';
import { type Gaps, isGaps } from './gap.js';
import { type RiskArray, riskArray } from './risk-array.js';
import type { ScenarioGrid } from './scenario.js';

/** A market and the risk arrays already computed on it: one a (instrument, grid), shared by every account and call. */
export interface Valuation {
  readonly market: Market;
  riskArray(symbol: string, grid: ScenarioGrid): RiskArray | Gaps;
}

export function valuation(market: Market): Valuation {
  const arraysByGrid = new Map<string, Map<string, RiskArray>>();
  return {
    market,
    riskArray(symbol, grid) {
      let arrays = arraysByGrid.get(grid.key);
      if (arrays === undefined) arraysByGrid.set(grid.key, (arrays = new Map()));
      const known = arrays.get(symbol);
      if (known !== undefined) return known;
      const instrument = market.instrument(symbol);
      if (instrument === undefined) return [marketGap('symbol.unknown', symbol)];
      const computed = riskArray(instrument, market, grid);
      if (!isGaps(computed)) arrays.set(symbol, computed);
      return computed;
    },
  };
}
