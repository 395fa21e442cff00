import { Decimal } from 'decimal.js';
import { underlyingOf } from '@app/market';
import type { RiskArray } from './risk-array.js';
import type { ScenarioGrid } from './scenario.js';
import type { Valuation } from './valuation.js';

/** A contract's values on a grid as `riskArray` computed them before. */
export interface KnownValues {
  readonly theoretical: number;
  readonly values: Float64Array;
}

/**
 * A valuation that takes the values of options from `known` where they are there, and computes the others: the same
 * arrays, bit by bit, as long as the values were computed on the same market and grid.
 */
export function seededValuation(
  base: Valuation,
  known: (symbol: string, grid: ScenarioGrid) => KnownValues | undefined,
): Valuation {
  const { market } = base;
  const arraysByGrid = new Map<string, Map<string, RiskArray>>();
  return {
    market,
    riskArray(symbol, grid) {
      let arrays = arraysByGrid.get(grid.key);
      if (arrays === undefined) arraysByGrid.set(grid.key, (arrays = new Map<string, RiskArray>()));
      const made = arrays.get(symbol);
      if (made !== undefined) return made;
      const values = known(symbol, grid);
      const array = values && optionArrayOf(symbol, base, values);
      if (array === undefined) return base.riskArray(symbol, grid);
      arrays.set(symbol, array);
      return array;
    },
  };
}

function optionArrayOf(
  symbol: string,
  { market }: Valuation,
  { theoretical, values }: KnownValues,
): RiskArray | undefined {
  const instrument = market.instrument(symbol);
  const underlying = instrument && underlyingOf(instrument, market);
  if (instrument?.kind !== 'OPTION' || underlying === undefined) return undefined;
  const price = instrument.price ?? new Decimal(theoretical.toFixed(10));
  const pnl = new Float64Array(values.length);
  for (let point = 0; point < values.length; point++) pnl[point] = values[point] - theoretical;
  return {
    instrument,
    underlying,
    mark: { instrument, price, multiplier: instrument.multiplier },
    theoretical,
    impliedVolatility: instrument.impliedVolatility,
    values,
    pnl,
  };
}
