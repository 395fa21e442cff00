import type { Instrument, Underlying } from './instrument.js';
import type { Market } from './market.js';

/** What an instrument is written on, or itself where it is a share, fund or index; undefined where the market lacks it. */
export function underlyingOf(instrument: Instrument, market: Pick<Market, 'instrument'>): Underlying | undefined {
  const underlying = instrument.kind === 'UNDERLYING' ? instrument : market.instrument(instrument.underlying);
  return underlying?.kind === 'UNDERLYING' ? underlying : undefined;
}
