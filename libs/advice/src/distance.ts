import { type AccountMargin, accountMarginAfter, isGaps, type MarginContext, type Valuation } from '@app/margin';
import { type Market, underlyingOf } from '@app/market';
import type { Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { type MovedMarkets, movedMarkets } from './moved-markets.js';

/** How far a class group's underlying must move alone until an account's excess is nothing. */
export interface Distance {
  /** Fractions of the price, ≤ 0 and ≥ 0; 0 where there is no excess now, null where it lasts to the end of the range. */
  readonly down: number | null;
  readonly up: number | null;
}

/** Moves looked at, outwards: between two of them excess is taken to reach zero once at most. */
const MOVES = [
  ...[0.025, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5],
  ...[0.6, 0.7, 0.8, 0.9, 0.99],
];
/** On both sides, and where the price is. */
const WAY = [0, ...MOVES, ...MOVES.map((move) => -move)];
/** A move is found to a ten-thousandth of a percent. */
const MOVE_PRECISION = 1e-6;

/**
 * Excess is computed anew at each move: positions of the class group revalued and margined around the moved price, equity
 * with what they gained or lost.
 */
export function distance(
  margin: AccountMargin,
  positions: readonly Position[],
  classGroup: string,
  context: MarginContext,
  onTheWay: MovedMarkets = wayMarkets(classGroup, context),
): Distance {
  const { market } = context.valuation;
  const own = positions.filter(({ symbol }) => {
    const instrument = market.instrument(symbol);
    return instrument !== undefined && underlyingOf(instrument, market)?.classGroup === classGroup;
  });
  const without = own.map(({ symbol, quantity }) => ({ symbol, quantity: quantity.negated() }));
  const rest = accountMarginAfter(margin, without, new Decimal(0), context);
  if (isGaps(rest)) return { down: null, up: null };
  const excessAt = (priceMove: number): number | null => {
    const place = WAY.indexOf(priceMove);
    const moved = place < 0 ? movedMarkets(context.valuation, classGroup, [priceMove]) : onTheWay;
    return excessAfter(rest, own, moved.valuationAt(Math.max(0, place)), context);
  };
  return { down: firstZero(excessAt, -1), up: firstZero(excessAt, 1) };
}

/** The class group after every move that is looked at: to be shared by accounts, and by before and after. */
export function wayMarkets(classGroup: string, { valuation }: MarginContext): MovedMarkets {
  return movedMarkets(valuation, classGroup, WAY);
}

/** Cents; null where something cannot be valued any more. */
function excessAfter(
  rest: AccountMargin,
  own: readonly Position[],
  moved: Valuation,
  context: MarginContext,
): number | null {
  const settled = own.reduce((sum, position) => sum.plus(variation(position, moved.market, context)), new Decimal(0));
  const after = accountMarginAfter(rest, own, settled, { ...context, valuation: moved });
  return isGaps(after) ? null : after.equity - after.requirement;
}

/** What a future's move pays into cash: it has no market value that could hold it. */
function variation({ symbol, quantity }: Position, moved: Market, { valuation: { market } }: MarginContext): Decimal {
  const [was, is] = [market.instrument(symbol), moved.instrument(symbol)];
  if (was?.kind !== 'FUTURE' || was.price === null || !is || is.price === null) return new Decimal(0);
  return is.price.minus(was.price).times(quantity).times(was.multiplier);
}

function firstZero(excessAt: (priceMove: number) => number | null, side: 1 | -1): number | null {
  let inside = 0;
  let excess = excessAt(0);
  if (excess === null) return null;
  if (excess < 0) return 0;
  for (const move of MOVES) {
    const outside = side * move;
    const there = excessAt(outside);
    if (there === null) return null;
    if (there < 0) return zeroBetween(excessAt, inside, excess, outside, there);
    inside = outside;
    excess = there;
  }
  return null;
}

/** The Illinois method: a straight line between the ends, whose halved weight on a side that stays keeps both moving. */
function zeroBetween(
  excessAt: (priceMove: number) => number | null,
  inside: number,
  excess: number,
  outside: number,
  beyond: number,
): number | null {
  let [a, fa, b, fb] = [inside, excess, outside, beyond];
  while (Math.abs(b - a) > MOVE_PRECISION) {
    // Never nearer to an end than the precision, so that it ends.
    const straight = (b - a) * (fa / (fa - fb));
    const least = Math.sign(b - a) * MOVE_PRECISION * 0.5;
    const move = a + (Math.abs(straight) < Math.abs(least) ? least : straight);
    const capped = Math.abs(move - a) > Math.abs(b - a - least) ? b - least : move;
    const there = excessAt(capped);
    if (there === null) return null;
    if (there >= 0) {
      [a, fa] = [capped, there];
      fb /= 2;
    } else {
      [b, fb] = [capped, there];
      fa /= 2;
    }
  }
  return Number(b.toFixed(6)) + 0;
}
