import type { Market, Underlying } from '@app/market';

/** What an instrument is written on, or itself where it is a share or fund; undefined where the market lacks it. */
export function underlyingOf(symbol: string, market: Market): Underlying | undefined {
  const instrument = market.instrument(symbol);
  if (instrument === undefined) return undefined;
  const underlying = instrument.kind === 'UNDERLYING' ? instrument : market.instrument(instrument.underlying);
  return underlying?.kind === 'UNDERLYING' ? underlying : undefined;
}
