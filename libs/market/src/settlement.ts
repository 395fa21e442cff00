import type { OptionContract } from './instrument.js';

/** Roots whose options are settled by the opening prices of their expiry date, after the exchanges' specifications. */
const MORNING_SETTLED: ReadonlySet<string> = new Set(['SPX', 'NDX', 'RUT', 'DJX', 'VIX', 'VIXW']);

/** True for an option whose last day of trading is the one before its expiry date; of the others nothing else is known. */
export function isMorningSettled({ form, symbol }: Pick<OptionContract, 'form' | 'symbol'>): boolean {
  return form === 'LISTED' && MORNING_SETTLED.has(symbol.slice(0, 6).trimEnd());
}
