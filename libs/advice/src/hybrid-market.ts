import { isGaps, riskArray, scenarioGrid } from '@app/margin';
import type { Instrument, Market, Option } from '@app/market';
import { Decimal } from 'decimal.js';

/** What of a market has already become as it is in the later one. */
export interface Moved {
  readonly time: boolean;
  readonly prices: boolean;
  readonly volatilities: boolean;
}

/** Decimals that a theoretical price is kept to, as marks are. */
const PRICE_DECIMALS = 10;
const NO_POINTS = scenarioGrid([]);

/**
 * One market on its way to a later one. An option keeps the distance its mark had from its theoretical value; rates,
 * dividends and what else there is stay the earlier market's.
 */
export function hybridMarket(earlier: Market, later: Market, moved: Moved): Market {
  const { asOf, valuationDate, afterClose } = moved.time ? later : earlier;
  const known = new Map<string, Instrument | undefined>();
  const hybrid: Market = {
    ...{ snapshotId: null, asOf, valuationDate, afterClose, rates: earlier.rates },
    instrument(symbol) {
      if (!known.has(symbol)) known.set(symbol, onTheWay(symbol));
      return known.get(symbol);
    },
  };
  const onTheWay = (symbol: string): Instrument | undefined => {
    const [was, is] = [earlier.instrument(symbol), later.instrument(symbol)];
    if (was === undefined || is === undefined) return was ?? is;
    if (was.kind === 'UNDERLYING' && is.kind === 'UNDERLYING' && moved.prices) {
      return { ...was, price: is.price, priceDate: is.priceDate };
    }
    if (was.kind === 'FUTURE' && is.kind === 'FUTURE' && moved.prices) return { ...was, price: is.price };
    if (was.kind === 'OPTION' && is.kind === 'OPTION') return optionOnTheWay(was, is);
    return was;
  };
  const optionOnTheWay = (was: Option, is: Option): Option => {
    const { impliedVolatility, volatilitySource } = moved.volatilities ? is : was;
    const option = { ...was, impliedVolatility, volatilitySource };
    const before = riskArray(was, earlier, NO_POINTS);
    const now = riskArray({ ...option, price: null }, hybrid, NO_POINTS);
    // What cannot be valued is told by the margin that asks for it.
    if (isGaps(before) || isGaps(now)) return { ...option, price: null };
    const model = new Decimal((now.theoretical - before.theoretical).toFixed(PRICE_DECIMALS));
    return { ...option, price: Decimal.max(0, before.mark.price.plus(model)) };
  };
  return hybrid;
}
