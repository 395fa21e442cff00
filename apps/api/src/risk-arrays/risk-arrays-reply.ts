import type { RiskArray, ScenarioGrid } from '@app/margin';
import type { Market } from '@app/market';
import { Decimal } from 'decimal.js';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { quoteFlags } from '../what-if/quote-flags.js';
import type { RiskArrayDto, RiskArraysReplyDto } from './risk-arrays.dto.js';

/** Enough that what a million shares come to is right to the cent. */
const DECIMALS = 8;

/** A risk array and the points it was computed at. */
export interface GriddedArray {
  readonly array: RiskArray;
  readonly grid: ScenarioGrid;
}

export function riskArraysReply(arrays: readonly GriddedArray[], { snapshotId, asOf }: Market): RiskArraysReplyDto {
  return {
    provenance: { snapshotId, asOf, engineVersion: ENGINE_VERSION },
    arrays: arrays.map(riskArrayLine),
    flags: quoteFlags(arrays.map(({ array }) => array)),
  };
}

function riskArrayLine({ array, grid }: GriddedArray): RiskArrayDto {
  return {
    symbol: array.instrument.symbol,
    mark: array.mark.price.toFixed(),
    theoretical: perShareText(array.theoretical),
    impliedVolatility: array.impliedVolatility,
    points: grid.points,
    values: Array.from(array.values, perShareText),
    pnl: Array.from(array.pnl, perShareText),
  };
}

/** No exponent however large, and no minus before a zero. */
function perShareText(amount: number): string {
  const text = new Decimal(amount).toFixed(DECIMALS);
  return /^-0\.0+$/.test(text) ? text.slice(1) : text;
}
