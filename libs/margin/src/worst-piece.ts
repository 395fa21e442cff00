import type { ClassGroup } from './class-group-after.js';
import { unitProfits } from './class-sums.js';
import type { MarginContext } from './holding.js';
import type { WorkingFill } from './working-order.js';

/*
 * A class group's requirement as a maximum of functions linear in the filled parts f of the working orders. The loss at
 * a valuation point is linear in f; the minimum charge of a symbol is the greater of two linear functions of its
 * position, one of a long and one of a short; so the greater of scan loss and minimum charge is a maximum of linear
 * pieces, which is convex, and no partial fill is worse than the worst of whole ones.
 */

/** constant + Σ slopes[i]·f[i] dollars, where 0 ≤ f[i] ≤ 1 is the filled part of order i. */
export interface Piece {
  readonly constant: number;
  readonly slopes: Float64Array;
  /** True where the requirement can be less than this piece and all others: a line over a bend, not the function. */
  readonly isBound: boolean;
}

/** Symbols whose position may change sign have two pieces each, which multiply: more of them are bounded by lines. */
const BENDS_AT_MOST = 6;

/** Shares and contracts of one symbol, as they are and as the orders may leave them. */
interface TradedSymbol {
  readonly held: number;
  readonly least: number;
  readonly most: number;
  /** Signed units each order trades. */
  readonly traded: Float64Array;
  /** Dollars of minimum charge per unit long and per unit short. */
  readonly longCharge: number;
  readonly shortCharge: number;
}

/** The pieces of one class group's requirement; `group` is undefined where it holds nothing yet. */
export function classGroupPieces(
  name: string,
  group: ClassGroup | undefined,
  fills: readonly WorkingFill[],
  context: MarginContext,
): readonly Piece[] {
  const zero = { constant: 0, slopes: new Float64Array(fills.length), isBound: false };
  return [zero, ...scanPieces(name, group, fills), ...minimumPieces(name, group, fills, context)];
}

/** Those that are the greatest somewhere: a piece that another one is nowhere below changes no maximum. */
export function withoutDominated(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.reduce<readonly Piece[]>(
    (kept, piece) =>
      kept.some((other) => isNowhereBelow(other, piece))
        ? kept
        : [...kept.filter((other) => !isNowhereBelow(piece, other)), piece],
    [],
  );
}

function isNowhereBelow(a: Piece, b: Piece): boolean {
  let least = a.constant - b.constant;
  for (let i = 0; i < a.slopes.length; i++) least += Math.min(0, a.slopes[i] - b.slopes[i]);
  return least >= 0;
}

/** The loss at each valuation point. */
function scanPieces(name: string, group: ClassGroup | undefined, fills: readonly WorkingFill[]): Piece[] {
  const legs = fills.flatMap(({ holdings, trades }, i) =>
    holdings.flatMap((line, leg) => {
      if (line.underlying.classGroup !== name) return [];
      const profits = unitProfits(line);
      return [{ i, units: trades[leg].quantity.times(line.mark.multiplier).toNumber(), profits }];
    }),
  );
  return Array.from(legs[0].profits, (_, k) => {
    const slopes = new Float64Array(fills.length);
    for (const { i, units, profits } of legs) slopes[i] -= units * profits[k];
    return { constant: group === undefined ? 0 : -group.inForce.scenarios[k], slopes, isBound: false };
  });
}

/** The minimum charge, for each way the positions that may change sign can end. */
function minimumPieces(
  name: string,
  group: ClassGroup | undefined,
  fills: readonly WorkingFill[],
  context: MarginContext,
): Piece[] {
  const symbols = [...tradedSymbols(name, group, fills, context).values()];
  const bent = symbols.filter(({ least, most }) => least < 0 && most > 0);
  const straight = symbols.filter((symbol) => !bent.includes(symbol)).map(straightLine);
  const lined = bent.slice(BENDS_AT_MOST).map(lineOver);
  // What the orders do not touch.
  const rest = symbols.reduce((sum, symbol) => sum - charge(symbol, symbol.held), group?.inForce.minimumCharge ?? 0);
  let pieces: readonly Piece[] = [added({ ...lineOf(rest, fills), isBound: false }, [...straight, ...lined])];
  for (const symbol of bent.slice(0, BENDS_AT_MOST)) {
    const sides = [sideLine(symbol, symbol.longCharge), sideLine(symbol, -symbol.shortCharge)];
    pieces = pieces.flatMap((piece) => sides.map((side) => added(piece, [side])));
  }
  return [...pieces];
}

function tradedSymbols(
  name: string,
  group: ClassGroup | undefined,
  fills: readonly WorkingFill[],
  { rules }: MarginContext,
): ReadonlyMap<string, TradedSymbol> {
  const symbols = new Map<string, TradedSymbol>();
  fills.forEach(({ holdings, trades }, i) =>
    holdings.forEach(({ underlying, mark }, leg) => {
      if (underlying.classGroup !== name || mark.instrument.kind === 'UNDERLYING') return;
      const { symbol, quantity } = trades[leg];
      const { minimumCharge, minimumChargeCappedForLongs } = rules.inForce(name, underlying.productClass);
      const capped = minimumChargeCappedForLongs && mark.instrument.kind === 'OPTION';
      const unit = mark.multiplier.toNumber();
      const held = group?.holdings.get(symbol)?.position.quantity.toNumber();
      const known = symbols.get(symbol) ?? {
        held: held ?? 0,
        least: held ?? 0,
        most: held ?? 0,
        traded: new Float64Array(fills.length),
        longCharge: unit * (capped ? Math.min(minimumCharge, mark.price.toNumber()) : minimumCharge),
        shortCharge: unit * minimumCharge,
      };
      const units = quantity.toNumber();
      known.traded[i] += units;
      const least = known.least + Math.min(0, units);
      symbols.set(symbol, { ...known, least, most: known.most + Math.max(0, units) });
    }),
  );
  return symbols;
}

function charge({ longCharge, shortCharge }: TradedSymbol, units: number): number {
  return units > 0 ? units * longCharge : -units * shortCharge;
}

function lineOf(constant: number, fills: readonly unknown[]): Piece {
  return { constant, slopes: new Float64Array(fills.length), isBound: false };
}

/** The charge were `perUnit` times the signed position right for both signs. */
function sideLine({ held, traded }: TradedSymbol, perUnit: number): Piece {
  return { constant: perUnit * held, slopes: traded.map((units) => perUnit * units), isBound: false };
}

function straightLine(symbol: TradedSymbol): Piece {
  return sideLine(symbol, symbol.least >= 0 ? symbol.longCharge : -symbol.shortCharge);
}

/** The straight line through both ends of a convex function lies on or above it. */
function lineOver(symbol: TradedSymbol): Piece {
  const { least, most, held, traded } = symbol;
  const slope = (charge(symbol, most) - charge(symbol, least)) / (most - least);
  return {
    constant: charge(symbol, least) + slope * (held - least),
    slopes: traded.map((units) => slope * units),
    isBound: true,
  };
}

function added(piece: Piece, others: readonly Piece[]): Piece {
  const slopes = Float64Array.from(piece.slopes);
  let { constant, isBound } = piece;
  for (const other of others) {
    constant += other.constant;
    isBound ||= other.isBound;
    other.slopes.forEach((slope, i) => (slopes[i] += slope));
  }
  return { constant, slopes, isBound };
}
