import { type Market, marketGap } from '@app/market';
import { type Gaps, isGaps } from './gap.js';
import { type RiskArray, riskArray } from './risk-array.js';
import type { ScenarioGrid } from './scenario.js';

/** A market and the risk arrays already computed on it: one a (instrument, grid), shared by every account and call. */
export interface Valuation {
  readonly market: Market;
  riskArray(symbol: string, grid: ScenarioGrid): RiskArray | Gaps;
}

/** The rule book's grid and what houses add to it; a caller who tries ranges must not fill the memory with theirs. */
const GRIDS_OF_A_SYMBOL = 16;

export function valuation(market: Market): Valuation {
  const arraysBySymbol = new Map<string, Map<string, RiskArray>>();
  const arraysOf = (symbol: string): Map<string, RiskArray> => {
    const known = arraysBySymbol.get(symbol);
    if (known !== undefined) return known;
    const arrays = new Map<string, RiskArray>();
    arraysBySymbol.set(symbol, arrays);
    return arrays;
  };
  return {
    market,
    riskArray(symbol, grid) {
      const known = arraysBySymbol.get(symbol)?.get(grid.key);
      if (known !== undefined) return known;
      const instrument = market.instrument(symbol);
      if (instrument === undefined) return [marketGap('symbol.unknown', symbol)];
      const computed = riskArray(instrument, market, grid);
      if (isGaps(computed)) return computed;
      const arrays = arraysOf(symbol);
      // The grid that came first goes first; whoever still needs it has its array computed again.
      if (arrays.size === GRIDS_OF_A_SYMBOL) arrays.delete(arrays.keys().next().value!);
      arrays.set(grid.key, computed);
      return computed;
    },
  };
}
