import { type Market, marketGap } from '@app/market';
import { type Gaps, isGaps } from './gap.js';
import { type RiskArray, riskArray } from './risk-array.js';
import type { ScenarioGrid } from './scenario.js';

/** A market and the risk arrays already computed on it: one a (instrument, grid), shared by every account and call. */
export interface Valuation {
  readonly market: Market;
  riskArray(symbol: string, grid: ScenarioGrid): RiskArray | Gaps;
}

/** Rule books have four grids and a house a few more; a caller who tries ranges must not fill the memory with theirs. */
const GRIDS_AT_MOST = 64;

export function valuation(market: Market): Valuation {
  const arraysByGrid = new Map<string, Map<string, RiskArray>>();
  const arraysOf = (grid: ScenarioGrid): Map<string, RiskArray> => {
    const known = arraysByGrid.get(grid.key);
    if (known !== undefined) return known;
    // The grid that came first goes first; whoever still needs it has its arrays computed again.
    if (arraysByGrid.size === GRIDS_AT_MOST) arraysByGrid.delete(arraysByGrid.keys().next().value!);
    const arrays = new Map<string, RiskArray>();
    arraysByGrid.set(grid.key, arrays);
    return arrays;
  };
  return {
    market,
    riskArray(symbol, grid) {
      const arrays = arraysOf(grid);
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
