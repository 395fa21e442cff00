import type { GivenPrices } from '@app/market';
import { FieldFaults } from '../what-if/field-faults.js';
import { pricesFromDto } from '../what-if/inline-market.js';
import type { NewSnapshotDto } from './new-snapshot.dto.js';

/** A stated market that can be kept. @throws Problem 400 with every fault. */
export function newPrices(market: NewSnapshotDto): GivenPrices {
  const faults = new FieldFaults();
  const prices = pricesFromDto(market, faults, '');
  market.underlyings.forEach(({ dividends = [] }, index) => {
    faults.unique(`/underlyings/${index}/dividends`, dividends, ({ exDate }) => exDate, 'exDate');
  });
  // Before an option is on nothing for good: what is kept cannot be completed later.
  const known = new Set(prices.underlyings.map(({ symbol }) => symbol));
  for (const list of ['options', 'futures'] as const) {
    prices[list].forEach(({ underlying }, index) => {
      if (known.has(underlying)) return;
      faults.add(`/${list}/${index}/underlying`, 'symbol.unknown', 'The market has no such underlying.');
    });
  }
  if (prices.options.length > 0 && prices.rates.length === 0) {
    faults.add('/rates', 'rates.missing', 'Options need at least one rate.');
  }
  faults.throwIfAny();
  return prices;
}
