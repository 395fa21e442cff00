import { type Gaps, isGaps, type RiskArray, riskArray, type ScenarioGrid, type Valuation } from '@app/margin';
import { marketGap, type ProductClass, underlyingOf } from '@app/market';
import type { FieldError } from '../problem.js';
import { notComputable } from '../problems.js';
import { Turns } from '../turns.js';
import type { AskedGrid } from './asked-grid.js';
import type { GriddedArray } from './risk-arrays-reply.js';

/**
 * One array a symbol, in order, letting other requests through in between.
 * @throws Problem 422 with every gap at `/symbols/i`.
 */
export async function computedArrays(
  symbols: readonly string[],
  valuation: Valuation,
  asked: AskedGrid,
): Promise<readonly GriddedArray[]> {
  const arrays: GriddedArray[] = [];
  const errors: FieldError[] = [];
  const turns = new Turns();
  for (const [index, symbol] of symbols.entries()) {
    const computed = computedArray(symbol, valuation, asked);
    if (isGaps(computed)) errors.push(...fieldErrors(computed, `/symbols/${index}`));
    else arrays.push(computed);
    await turns.pause();
  }
  if (errors.length === 0) return arrays;
  const detail = 'Something the calculation needs is missing or unusable: see errors.';
  throw notComputable('risk_arrays.not_computable', detail, errors);
}

function computedArray(symbol: string, valuation: Valuation, asked: AskedGrid): GriddedArray | Gaps {
  const productClass = productClassOf(symbol, valuation);
  // Without one there is no grid, but there are gaps: those of the instrument on any grid.
  const grid = asked.of(productClass ?? 'EQUITY');
  const array = onGrid(symbol, valuation, grid, asked.isRegulatory);
  return isGaps(array) ? array : { array, grid };
}

function productClassOf(symbol: string, { market }: Valuation): ProductClass | undefined {
  const instrument = market.instrument(symbol);
  return instrument && underlyingOf(instrument, market)?.productClass;
}

/** Arrays on a caller's own points are not kept: there is no end of grids, and a valuation keeps what it computes. */
function onGrid(symbol: string, valuation: Valuation, grid: ScenarioGrid, kept: boolean): RiskArray | Gaps {
  if (kept) return valuation.riskArray(symbol, grid);
  const instrument = valuation.market.instrument(symbol);
  return instrument === undefined
    ? [marketGap('symbol.unknown', symbol)]
    : riskArray(instrument, valuation.market, grid);
}

function fieldErrors(gaps: Gaps, pointer: string): FieldError[] {
  return gaps.map(({ code, symbol, detail }) => ({ pointer, code, detail, ...(symbol !== null && { symbol }) }));
}
