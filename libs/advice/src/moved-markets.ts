import {
  type Gaps,
  isGaps,
  type RiskArray,
  riskArray,
  type ScenarioGrid,
  scenarioGrid,
  type Valuation,
  withProfits,
} from '@app/margin';
import { type Instrument, type Market, type Underlying, underlyingOf } from '@app/market';
import { mark } from '@app/portfolio';
import { Decimal } from 'decimal.js';

/*
 * One class group's instruments after each of many price moves, valued together: most of a model's work depends on the
 * volatility, not on the spot, so that a whole range of moves costs little more than one of them. A move m and then a
 * valuation point's g are one move of m + g + leverage × m × g.
 */

/** Decimals that a theoretical price is kept to, as marks are. */
const PRICE_DECIMALS = 10;
const NO_POINTS = scenarioGrid([]);

export interface MovedMarkets {
  /** After the move at this place: at once, alone, every volatility as it was. An option's mark moves as its value does. */
  readonly valuationAt: (place: number) => Valuation;
}

export function movedMarkets(valuation: Valuation, classGroup: string, moves: readonly number[]): MovedMarkets {
  const { market } = valuation;
  const known = new Map<string, readonly RiskArray[] | Gaps>();
  const isOwn = (instrument: Instrument): boolean => underlyingOf(instrument, market)?.classGroup === classGroup;
  const arraysOf = (instrument: Instrument, grid: ScenarioGrid): readonly RiskArray[] | Gaps => {
    const key = `${instrument.symbol} ${grid.key}`;
    const found = known.get(key) ?? movedArrays(instrument, market, grid, moves);
    known.set(key, found);
    return found;
  };
  const marketAt = (place: number): Market => {
    const { snapshotId, asOf, valuationDate, afterClose, rates } = market;
    return {
      ...{ snapshotId, asOf, valuationDate, afterClose, rates },
      instrument(symbol) {
        const instrument = market.instrument(symbol);
        if (instrument === undefined || !isOwn(instrument)) return instrument;
        const arrays = arraysOf(instrument, NO_POINTS);
        return isArrays(arrays) ? arrays[place].instrument : { ...instrument, price: null };
      },
    };
  };
  return {
    valuationAt: (place) => ({
      market: marketAt(place),
      riskArray(symbol, grid) {
        const instrument = market.instrument(symbol);
        if (instrument === undefined || !isOwn(instrument)) return valuation.riskArray(symbol, grid);
        const arrays = arraysOf(instrument, grid);
        return isArrays(arrays) ? arrays[place] : arrays;
      },
    }),
  };
}

function isArrays(arrays: readonly RiskArray[] | Gaps): arrays is readonly RiskArray[] {
  return arrays.length === 0 || 'values' in arrays[0];
}

/** One array a move. */
function movedArrays(
  instrument: Instrument,
  market: Market,
  { points }: ScenarioGrid,
  moves: readonly number[],
): readonly RiskArray[] | Gaps {
  const { leverage } = underlyingOf(instrument, market)!;
  const all = moves.flatMap((move) => [
    { priceMove: move, volMove: 0 },
    ...points.map(({ priceMove, volMove }) => ({ priceMove: move + priceMove + leverage * move * priceMove, volMove })),
  ]);
  const array = riskArray(instrument, market, scenarioGrid(all));
  if (isGaps(array)) return array;
  return moves.map((move, place): RiskArray => {
    const at = place * (points.length + 1);
    const theoretical = array.values[at];
    const values = array.values.slice(at + 1, at + 1 + points.length);
    const price = movedPrice(array.mark.price, theoretical - array.theoretical);
    const moved = { ...instrument, price };
    return withProfits({
      ...array,
      ...{ instrument: moved, theoretical, values },
      underlying: movedUnderlying(array.underlying, move),
      mark: mark(moved, price),
    });
  });
}

function movedPrice(price: Decimal, change: number): Decimal {
  return Decimal.max(0, price.plus(change.toFixed(PRICE_DECIMALS)));
}

function movedUnderlying(underlying: Underlying, move: number): Underlying {
  const { price, leverage } = underlying;
  const factor = Math.max(0, 1 + leverage * move);
  return { ...underlying, price: price === null ? null : movedPrice(price, price.toNumber() * (factor - 1)) };
}
