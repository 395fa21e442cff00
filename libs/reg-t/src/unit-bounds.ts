import { type Cents, netPositions, type Order, type Portfolio, standingAlone, type WorkingOrder } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { apartCosts } from './apart-costs.js';
import { excessAfter } from './excess-after.js';
import { boxBound } from './fill-box.js';
import { isRegTGaps, type RegTGaps } from './reg-t-gap.js';
import type { RegTContext } from './reg-t-holding.js';
import type { RegTMargin } from './reg-t-margin.js';
import { regTWorstFill } from './reg-t-worst-fill.js';
import { type RegTFill, regTFills } from './working-fill.js';

/** What so many units of an order leave of excess: cents that hold for every number of units in a range. */
export interface UnitBounds {
  /** Not less, whatever else fills; −Infinity where nothing is known. */
  readonly least: (from: number, to: number) => Cents;
  /** Not more, when what works fills as badly as it can beside nothing; Infinity where nothing is known. */
  readonly most: (from: number, to: number) => Cents;
  /** Numbers of units after which a position is on the other side, ascending. */
  readonly turns: readonly number[];
  /** Instruments that are paired in each bound. */
  readonly lines: number;
  /** Bounds that the engine's own answer to a number of units takes as long as. */
  readonly answer: number;
}

const ZERO = new Decimal(0);
/** The worst of what works is looked for again. */
const ANSWER_BESIDE_ORDERS = 20;
/** Cents that binary fractions may be off. */
const CLOSE = 1e-6;

/** `order` for as many units as are looked at, beside orders that work. */
export function unitBounds(
  portfolio: Portfolio,
  before: RegTMargin,
  order: Order,
  working: readonly WorkingOrder[],
  context: RegTContext,
): UnitBounds | RegTGaps {
  const known = regTFills([standingAlone(order), ...working], context);
  if (isRegTGaps(known)) return known;
  const worst = regTWorstFill(portfolio, before, working, context);
  if (isRegTGaps(worst)) return worst;
  const [fill, ...others] = known.fills;
  const own = { ...fill, unitCash: fill.unitCashAsPriced };
  const fills = [own, ...others];
  const costs = apartCosts(fills, context);
  const held = quantitiesOf(portfolio.positions);
  const groups = new Set(fills.flatMap(({ holdings }) => holdings.map(({ underlying }) => underlying.classGroup)));
  const rounding = groups.size + 1;
  const { margin } = worst.worst;

  return {
    least(from, to) {
      const box = { from: [from, ...others.map(() => 0)], to: [to, ...others.map(({ steps }) => steps)] };
      const { core, loss } = boxBound(fills, box, held, costs, null);
      const there = Number.isFinite(loss) ? excessAfter(before, core, ZERO, context) : null;
      if (there === null || isRegTGaps(there)) return -Infinity;
      return there.excess - Math.ceil(loss * 100 - CLOSE) - rounding;
    },
    most(from, to) {
      const hull = hullOf(own, margin, from, to);
      if (hull === undefined) return Infinity;
      const there = excessAfter(margin, hull.trades, ZERO, context);
      // A pairing that is not proven least leaves more excess than it says.
      if (isRegTGaps(there) || !there.isProven) return Infinity;
      const gains = [from, to].map((units) => own.unitCash.toNumber() * units + hull.apart(units, costs.alone));
      const gain = Math.floor(Math.max(...gains) * 100 + CLOSE);
      return Number.isFinite(gain) ? there.excess + gain + rounding : Infinity;
    },
    turns: turnsOf(own, margin),
    answer: working.length === 0 ? 1 : ANSWER_BESIDE_ORDERS,
    lines: [...groups].reduce((sum, name) => sum + (before.groups.get(name)?.holdings.length ?? 0), known.fills.length),
  };
}

function quantitiesOf(positions: Portfolio['positions']): ReadonlyMap<string, Decimal> {
  return new Map(netPositions(positions).map(({ symbol, quantity }) => [symbol, quantity]));
}

function heldIn({ groups }: RegTMargin): ReadonlyMap<string, Decimal> {
  return quantitiesOf([...groups.values()].flatMap(({ holdings }) => holdings.map(({ position }) => position)));
}

/**
 * The largest positions of either sign in a range of units, which need no less than any in it and the rest apart:
 * `apart` is what that rest costs. Undefined where a position changes its sign.
 */
function hullOf({ unit }: RegTFill, margin: RegTMargin, from: number, to: number) {
  const held = heldIn(margin);
  const hull = netPositions(unit).map(({ symbol, quantity }) => {
    const of = held.get(symbol) ?? ZERO;
    const [low, high] = [from, to].map((units) => of.plus(quantity.times(units)));
    return { symbol, quantity, of, low, high, largest: low.abs().greaterThan(high.abs()) ? low : high };
  });
  if (hull.some(({ low, high }) => low.times(high).lessThan(0))) return undefined;
  return {
    trades: hull.map(({ symbol, of, largest }) => ({ symbol, quantity: largest.minus(of) })),
    apart: (units: number, alone: (symbol: string, sign: 1 | -1) => number): number =>
      hull.reduce((sum, { symbol, quantity, of, largest }) => {
        const rest = largest.minus(of.plus(quantity.times(units)));
        return sum + alone(symbol, largest.isNegative() ? -1 : 1) * rest.abs().toNumber();
      }, 0),
  };
}

function turnsOf({ unit }: RegTFill, margin: RegTMargin): readonly number[] {
  const held = heldIn(margin);
  const turns = netPositions(unit).map(({ symbol, quantity }) =>
    (held.get(symbol) ?? ZERO).negated().dividedBy(quantity).floor().toNumber(),
  );
  return [...new Set(turns)].filter((units) => units > 0).sort((a, b) => a - b);
}
