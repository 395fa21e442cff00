import { type LinkedSet, mostOver, netPositions, type Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { type RegTFill, unitsOf } from './working-fill.js';

/*
 * What all fills of a box (of each order between so many units and so many) leave at least. Of each symbol the part is
 * held that is there in any case, the core; the rest is carried apart. Two accounts together need no more than apart, so
 * that no fills need more than the core and the rest. The rest needs no more than its orders' units one by one, where
 * they only add to what is held, and else than each of its positions by itself; both are linear in what fills, and a
 * linear function is largest at a corner.
 */

/** Steps of each order. */
export interface FillBox {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** What is taken from excess, in dollars, by positions that nothing else is paired with. */
export interface ApartCosts {
  /** One unit of a symbol, long (1) or short (−1). */
  readonly alone: (symbol: string, sign: 1 | -1) => number;
  /** One unit of an order. */
  readonly unit: (order: number) => number;
  /** Shares of a symbol sold short while they are held: what a share asks for beside. */
  readonly boxed: (symbol: string) => number;
}

export interface BoxBound {
  /** Trades that leave the core of what is held. */
  readonly core: readonly Position[];
  /** Dollars that excess beside the core is less than that of the core at most: + less. */
  readonly loss: number;
  /** Steps at which that is so. */
  readonly corner: readonly number[];
}

/** `held`: what is held of symbols that the orders trade. `sets`: given for a box of all that the orders may do. */
export function boxBound(
  fills: readonly RegTFill[],
  box: FillBox,
  held: ReadonlyMap<string, Decimal>,
  costs: ApartCosts,
  sets: readonly LinkedSet[] | null,
): BoxBound {
  const ranges = rangesOf(fills, box, held);
  // Of each unit and order: what excess loses, and where the loss is counted from.
  const slopes = fills.map(({ unitCash }) => -unitCash.toNumber());
  let constant = 0;
  const isWhole = fills.map(
    (fill) => hasWholeUnits(fill) && fill.unit.every((leg) => isAdding(ranges.get(leg.symbol)!, leg)),
  );
  fills.forEach((fill, i) => {
    for (const [leg, { symbol, quantity }] of fill.unit.entries()) {
      const { low, high } = ranges.get(symbol)!;
      const units = quantity.toNumber();
      if (fill.working.order.legs[leg].side === 'SELL_SHORT') slopes[i] += costs.boxed(symbol) * Math.abs(units);
      if (isWhole[i]) continue;
      if (isBent({ low, high })) {
        slopes[i] += chord(symbol, low, high, costs).slope * units;
        continue;
      }
      const sign = high.greaterThan(0) ? 1 : -1;
      const perUnit = costs.alone(symbol, sign) * sign * units;
      slopes[i] += perUnit;
      // What the core has of it.
      constant -= perUnit * unitsOf(fill, units * sign > 0 ? box.from[i] : box.to[i]).toNumber();
    }
    if (isWhole[i]) {
      slopes[i] += costs.unit(i);
      constant -= costs.unit(i) * unitsOf(fill, box.from[i]).toNumber();
    }
  });
  for (const [symbol, { low, high }] of ranges) {
    if (!isBent({ low, high })) continue;
    const { at, slope } = chord(symbol, low, high, costs);
    constant += at + slope * (held.get(symbol) ?? ZERO).toNumber();
  }
  const core = [...ranges].map(([symbol, range]) => ({
    symbol,
    quantity: coreOf(range).minus(held.get(symbol) ?? ZERO),
  }));
  const { most, corner } = largest(fills, box, slopes, sets);
  return { core: netPositions(core), loss: constant + most, corner };
}

const ZERO = new Decimal(0);

interface Range {
  readonly low: Decimal;
  readonly high: Decimal;
}

function rangesOf(
  fills: readonly RegTFill[],
  { from, to }: FillBox,
  held: ReadonlyMap<string, Decimal>,
): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>();
  fills.forEach((fill, i) => {
    for (const { symbol, quantity } of fill.unit) {
      const of = held.get(symbol) ?? ZERO;
      const { low, high } = ranges.get(symbol) ?? { low: of, high: of };
      const ends = [from[i], to[i]].map((steps) => quantity.times(unitsOf(fill, steps)));
      ranges.set(symbol, { low: low.plus(Decimal.min(...ends)), high: high.plus(Decimal.max(...ends)) });
    }
  });
  return ranges;
}

/** Where the position may change its sign. */
function isBent({ low, high }: Range): boolean {
  return low.lessThan(0) && high.greaterThan(0);
}

function coreOf({ low, high }: Range): Decimal {
  if (isBent({ low, high })) return ZERO;
  return low.abs().lessThan(high.abs()) ? low : high;
}

/** Part of a unit of several legs cannot be paired as the unit is. */
function hasWholeUnits({ unit, working: { order } }: RegTFill): boolean {
  return unit.length === 1 || order.orderQty.isInteger();
}

/** A trade away from nothing, wherever in its range the position is. */
function isAdding({ low, high }: Range, { quantity }: Position): boolean {
  return quantity.isNegative() ? high.lessThanOrEqualTo(0) : low.greaterThanOrEqualTo(0);
}

/** The line over what a position apart costs, which bends where its sign changes: `at` is its value for nothing held. */
function chord(symbol: string, low: Decimal, high: Decimal, { alone }: ApartCosts): { at: number; slope: number } {
  const [atLow, atHigh] = [alone(symbol, -1) * -low.toNumber(), alone(symbol, 1) * high.toNumber()];
  const slope = (atHigh - atLow) / (high.toNumber() - low.toNumber());
  // Between the ends the costs may also lie above: where a position costs less than nothing on one side alone.
  return { at: Math.max(0, atLow - slope * low.toNumber()), slope };
}

function largest(
  fills: readonly RegTFill[],
  { from, to }: FillBox,
  slopes: readonly number[],
  sets: readonly LinkedSet[] | null,
): { most: number; corner: readonly number[] } {
  if (sets !== null) {
    const whole = Float64Array.from(fills, (fill, i) => slopes[i] * unitsOf(fill, to[i]).toNumber());
    const { most, filled } = mostOver(sets, whole);
    return { most, corner: to.map((steps, i) => (filled.includes(i) ? steps : 0)) };
  }
  const corner = fills.map((_, i) => (slopes[i] > 0 ? to[i] : from[i]));
  const most = corner.reduce((sum, steps, i) => sum + slopes[i] * unitsOf(fills[i], steps).toNumber(), 0);
  return { most, corner };
}
