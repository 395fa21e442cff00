import { isGaps, riskArray, scenarioGrid } from '@app/margin';
import { type Instrument, type Market, underlyingOf } from '@app/market';
import { Decimal } from 'decimal.js';

/** Decimals that a theoretical price is kept to, as marks are. */
const PRICE_DECIMALS = 10;

/**
 * The market after one class group's underlyings have moved by `priceMove`, a fraction of the index's price where funds
 * are multiples of one: at once, every volatility and every other price as it was. An option's mark moves by as much as
 * its theoretical value does. What cannot be valued there has no price.
 */
export function movedMarket(market: Market, classGroup: string, priceMove: number): Market {
  const grid = scenarioGrid([{ priceMove, volMove: 0 }]);
  const moved = new Map<string, Instrument>();
  const movedInstrument = (instrument: Instrument): Instrument => {
    if (underlyingOf(instrument, market)?.classGroup !== classGroup) return instrument;
    const array = riskArray(instrument, market, grid);
    if (isGaps(array)) return { ...instrument, price: null };
    const price = Decimal.max(0, array.mark.price.plus(array.pnl[0].toFixed(PRICE_DECIMALS)));
    return { ...instrument, price };
  };
  const { snapshotId, asOf, valuationDate, afterClose, rates } = market;
  return {
    ...{ snapshotId, asOf, valuationDate, afterClose, rates },
    instrument(symbol) {
      const known = moved.get(symbol);
      if (known !== undefined) return known;
      const instrument = market.instrument(symbol);
      if (instrument === undefined) return undefined;
      const there = movedInstrument(instrument);
      moved.set(symbol, there);
      return there;
    },
  };
}
