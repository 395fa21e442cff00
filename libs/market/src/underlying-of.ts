import type { Instrument, Underlying } from './instrument.js';
import type { Market } from './market.js';
import { basketUnderlying } from './option-basis.js';

/**
 * Whose class group and range an instrument is in: a share, fund or index itself, what a contract is written on, the
 * index under the future under an option, or what an adjusted contract delivers. Undefined where the market lacks it.
 */
export function underlyingOf(instrument: Instrument, market: Pick<Market, 'instrument'>): Underlying | undefined {
  if (instrument.kind === 'UNDERLYING') return instrument;
  // An adjusted contract whose deliverable nobody knows is still in the group of what it is listed under.
  const basket = instrument.kind === 'OPTION' ? basketUnderlying(instrument, market) : undefined;
  if (basket !== undefined) return basket;
  const under = market.instrument(instrument.underlying);
  if (instrument.kind === 'OPTION' && under?.kind === 'FUTURE') return underlyingOf(under, market);
  return under?.kind === 'UNDERLYING' ? under : undefined;
}
