import type { VolatilitySource } from './instrument.js';

/** True where a volatility is another option's or a floor: neither given with the market nor solved from the option's own price. */
export function isFallbackVolatility(source: VolatilitySource | null): boolean {
  return source !== null && source !== 'GIVEN' && source !== 'SOLVED';
}
