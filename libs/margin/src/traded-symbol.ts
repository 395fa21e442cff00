import type { Decimal } from 'decimal.js';
import type { AccountMargin } from './account-margin.js';
import type { ClassGroup } from './class-group-after.js';
import type { Holding } from './holding.js';
import type { Piece } from './piece.js';
import type { WorkingFill } from './working-fill.js';

/** Shares or contracts of one symbol, as they are and as orders may leave them. */
export interface TradedSymbol {
  readonly line: Holding;
  readonly held: number;
  readonly least: number;
  readonly most: number;
  /** Signed units each order trades. */
  readonly traded: Float64Array;
}

/** A function of a signed position that is 0 at 0, linear on both sides of it and bends upwards there, dollars a unit. */
export interface PerUnit {
  readonly long: number;
  readonly short: number;
}

/** What the model margins in one class group. */
export function tradedSymbols(
  name: string,
  group: ClassGroup | undefined,
  fills: readonly WorkingFill[],
): readonly TradedSymbol[] {
  const heldOf = (symbol: string): Decimal | undefined => group?.holdings.get(symbol)?.position.quantity;
  const isWanted = ({ underlying, strategy }: Holding): boolean => underlying.classGroup === name && strategy === null;
  return symbolsOf(fills, isWanted, heldOf);
}

/** What strategy rules margin, each symbol by itself. */
export function tradedStrategies(before: AccountMargin, fills: readonly WorkingFill[]): readonly TradedSymbol[] {
  const heldOf = (symbol: string): Decimal | undefined => before.strategyPositions.get(symbol)?.position.quantity;
  return symbolsOf(fills, ({ strategy }) => strategy !== null, heldOf);
}

function symbolsOf(
  fills: readonly WorkingFill[],
  isWanted: (line: Holding) => boolean,
  heldOf: (symbol: string) => Decimal | undefined,
): readonly TradedSymbol[] {
  const symbols = new Map<string, TradedSymbol>();
  fills.forEach(({ holdings, trades }, i) =>
    holdings.forEach((line, leg) => {
      if (!isWanted(line)) return;
      const { symbol, quantity } = trades[leg];
      const held = heldOf(symbol)?.toNumber() ?? 0;
      const known = symbols.get(symbol) ?? {
        ...{ line, held, least: held, most: held },
        traded: new Float64Array(fills.length),
      };
      const units = quantity.toNumber();
      known.traded[i] += units;
      const least = known.least + Math.min(0, units);
      symbols.set(symbol, { ...known, least, most: known.most + Math.max(0, units) });
    }),
  );
  return [...symbols.values()];
}

export function valueAt({ long, short }: PerUnit, units: number): number {
  return units > 0 ? units * long : -units * short;
}

/** The function were the position long at any sign, or short. */
export function sideLine({ held, traded }: TradedSymbol, perUnit: number): Piece {
  return { constant: perUnit * held, slopes: traded.map((units) => perUnit * units), isBound: false };
}

export function isBent({ least, most }: TradedSymbol): boolean {
  return least < 0 && most > 0;
}

/** The function itself where the position keeps its sign; else the straight line through both ends, on or above it. */
export function lineOver(symbol: TradedSymbol, perUnit: PerUnit): Piece {
  const { least, most, held, traded } = symbol;
  if (!isBent(symbol)) return sideLine(symbol, least >= 0 ? perUnit.long : -perUnit.short);
  const slope = (valueAt(perUnit, most) - valueAt(perUnit, least)) / (most - least);
  return {
    constant: valueAt(perUnit, least) + slope * (held - least),
    slopes: traded.map((units) => slope * units),
    isBound: true,
  };
}
