import type { Underlying } from '@app/market';
import type { Mark } from '@app/portfolio';
import type { ClassGroup } from './class-group-after.js';
import type { ClassPlan } from './class-plan.js';
import { classSum, type ClassSum, profitAt, unitProfit } from './class-sums.js';
import type { Holding } from './holding.js';
import { added, lineOf, type Piece, scaled } from './piece.js';
import { strategyPerUnit } from './strategy-position.js';
import {
  isBent,
  lineOver,
  type PerUnit,
  sideLine,
  type TradedSymbol,
  tradedSymbols,
  valueAt,
} from './traded-symbol.js';
import type { WorkingFill } from './working-fill.js';

/*
 * A class group's requirement as a maximum of functions linear in the filled parts f of the working orders. The loss at
 * a valuation point is linear in f; the minimum charge of a symbol is the greater of two linear functions of its
 * position, one of a long and one of a short; so the greater of scan loss and minimum charge is a maximum of linear
 * pieces, which is convex, and no partial fill is worse than the worst of whole ones. Floors and multiples of a house
 * are not all of that kind: pieces that are no less than they can be stand for them, and say so.
 */

/** Symbols whose position may change sign have two pieces each, which multiply: more of them are bounded by lines. */
const BENDS_AT_MOST = 6;

/** The pieces of one class group's requirement standing alone; `group` is undefined where it holds nothing yet. */
export function classGroupPieces(
  name: string,
  group: ClassGroup | undefined,
  fills: readonly WorkingFill[],
): readonly Piece[] {
  const symbols = tradedSymbols(name, group, fills);
  const plan = group?.plan ?? symbols[0].line.plan;
  const empty = lineOf(0, fills);
  const pieces = [
    empty,
    ...scanPieces(plan, group, symbols, empty),
    ...minimumPieces(plan, group, symbols, empty),
    ...floorPieces(plan, group, symbols, empty),
  ];
  const { sharesOutstanding, daysVolume } = plan.numbers;
  const by = (sharesOutstanding?.multiplier ?? 1) * (daysVolume?.multiplier ?? 1);
  // Whether a position is so large depends on what fills: it is taken to be.
  return by === 1 ? pieces : pieces.map((piece) => scaled(piece, by));
}

/**
 * The loss at each valuation point. Which range is in force may depend on the account's equity: then the points of all
 * of them are looked at.
 */
function scanPieces(
  plan: ClassPlan,
  group: ClassGroup | undefined,
  symbols: readonly TradedSymbol[],
  empty: Piece,
): Piece[] {
  const isBound = plan.expected !== null;
  const ranges = isBound ? plan.inForce : plan.inForce.slice(0, 1);
  return ranges.flatMap(({ places }, range) =>
    places.map((place, k) => {
      const lines = symbols.map((symbol) => {
        const { line } = symbol;
        const perUnit = -line.mark.multiplier.toNumber() * unitProfit(line, line.plan.inForce[range].places[k]);
        return { ...sideLine(symbol, perUnit), constant: 0 };
      });
      return {
        ...added({ ...empty, constant: group === undefined ? 0 : -profitAt(group.sums, place) }, lines),
        isBound,
      };
    }),
  );
}

/** The minimum charge, for each way the positions that may change sign can end. */
function minimumPieces(
  plan: ClassPlan,
  group: ClassGroup | undefined,
  symbols: readonly TradedSymbol[],
  empty: Piece,
): Piece[] {
  const charged = symbols.map((symbol) => ({ symbol, perUnit: minimumOf(symbol, plan) }));
  const bent = charged.filter(({ symbol, perUnit }) => isBent(symbol) && (perUnit.long > 0 || perUnit.short > 0));
  const split = bent.slice(0, BENDS_AT_MOST);
  const others = charged
    .filter((each) => !split.includes(each))
    .map(({ symbol, perUnit }) => lineOver(symbol, perUnit));
  // What the orders do not touch.
  const rest = charged.reduce(
    (sum, { symbol, perUnit }) => sum - valueAt(perUnit, symbol.held),
    group?.inForce.minimumCharge ?? 0,
  );
  let pieces: readonly Piece[] = [added({ ...empty, constant: rest }, others)];
  for (const { symbol, perUnit } of split) {
    const sides = [sideLine(symbol, perUnit.long), sideLine(symbol, -perUnit.short)];
    pieces = pieces.flatMap((piece) => sides.map((side) => added(piece, [side])));
  }
  return [...pieces];
}

/** Dollars of minimum charge of a unit long and of one short: of the house where it has numbers of its own. */
function minimumOf({ line: { mark } }: TradedSymbol, { numbers }: ClassPlan): PerUnit {
  const { kind } = mark.instrument;
  if (kind === 'UNDERLYING') return { long: 0, short: 0 };
  const { minimumCharge, minimumChargeCappedForLongs } = numbers;
  const unit = mark.multiplier.toNumber();
  const isCapped = minimumChargeCappedForLongs && kind === 'OPTION';
  const long = isCapped ? Math.min(minimumCharge, mark.price.toNumber()) : minimumCharge;
  return { long: unit * long, short: unit * minimumCharge };
}

/**
 * Floors of the house, each no less than it can be: every short option taken for uncovered, and every share of equity
 * for reached.
 */
function floorPieces(
  plan: ClassPlan,
  group: ClassGroup | undefined,
  symbols: readonly TradedSymbol[],
  empty: Piece,
): Piece[] {
  const { shortMinimumFraction, shortMinimumMoney, marketValueFloor, equityShares } = plan.numbers;
  const held = (sum: ClassSum): number => (group === undefined ? 0 : classSum(group.sums, plan, sum));
  const floor = (constant: number, perUnitOf: (symbol: TradedSymbol) => PerUnit): Piece => {
    const lines = symbols.map((symbol) => ({ symbol, perUnit: perUnitOf(symbol) }));
    const rest = lines.reduce((sum, { symbol, perUnit }) => sum - valueAt(perUnit, symbol.held), constant);
    const over = lines.map(({ symbol, perUnit }) => lineOver(symbol, perUnit));
    return { ...added({ ...empty, constant: rest }, over), isBound: true };
  };
  const shortOf =
    (dollars: (line: Holding) => number) =>
    ({ line }: TradedSymbol): PerUnit => ({
      long: 0,
      short: line.mark.instrument.kind === 'OPTION' ? dollars(line) : 0,
    });
  const rate = Math.max(marketValueFloor, ...equityShares.map((share) => share.rate));
  return [
    ...(shortMinimumFraction > 0
      ? [
          floor(
            shortMinimumFraction * (held('shortCalls') + held('shortPuts')),
            shortOf(({ mark, underlying }) => shortMinimumFraction * delivered(mark, underlying)),
          ),
        ]
      : []),
    ...(shortMinimumMoney > 0
      ? [
          floor(
            shortMinimumMoney * (held('shortCallContracts') + held('shortPutContracts')),
            shortOf(() => shortMinimumMoney),
          ),
        ]
      : []),
    ...(rate > 0
      ? [
          floor(rate * (held('longValue') + held('shortValue')), ({ line: { mark } }) => {
            const value = mark.instrument.kind === 'FUTURE' ? 0 : rate * mark.price.times(mark.multiplier).toNumber();
            return { long: value, short: value };
          }),
        ]
      : []),
  ];
}

function delivered(mark: Mark, { price }: Underlying): number {
  return mark.multiplier.toNumber() * (price?.toNumber() ?? 0);
}

/** The pieces of what strategy rules ask of one symbol: of a long and of a short. */
export function strategyPieces(symbol: TradedSymbol): readonly Piece[] {
  return ([1, -1] as const).map((sign) => sideLine(symbol, sign * strategyPerUnit(symbol.line, sign)));
}
