import { accountMargin, type AccountMargin, type Gaps, isGaps, type MarginContext } from '@app/margin';
import { marketGap, underlyingOf } from '@app/market';
import type { Mark } from '@app/portfolio';
import { Decimal } from 'decimal.js';

/** Something that may be traded as a hedge, and what a lot of it costs to trade. */
export interface HedgeInstrument {
  readonly symbol: string;
  /** Shares or contracts a lot, > 0. */
  readonly lot: Decimal;
  /** Dollars per share; null where nobody bids, or offers, or nothing is known: the mark stands in for it. */
  readonly bid: Decimal | null;
  readonly ask: Decimal | null;
}

/** One lot bought, in dollars. */
export interface HedgeLine {
  readonly instrument: HedgeInstrument;
  readonly mark: Mark;
  readonly classGroup: string;
  /** Profit at each valuation point in force. */
  readonly pnl: readonly number[];
  /** Lots held before, signed; not whole where positions are no multiple of it. */
  readonly held: number;
  readonly longCharge: number;
  readonly shortCharge: number;
  /** What buying, or selling, loses against the mark, ≥ 0. */
  readonly buyCost: number;
  readonly sellCost: number;
  /** Market value traded, ≥ 0. */
  readonly turnover: number;
}

export interface HedgeLines {
  readonly lines: readonly HedgeLine[];
}

/** Those that the model margins, in the account's own numbers, or everything that is missing to know them. */
export function hedgeLines(
  instruments: readonly HedgeInstrument[],
  before: AccountMargin,
  context: MarginContext,
): HedgeLines | Gaps {
  const lines: HedgeLine[] = [];
  const gaps: Gaps[number][] = [];
  for (const instrument of instruments) {
    const line = hedgeLine(instrument, before, context);
    if (line === null) continue;
    if (isGaps(line)) gaps.push(...line);
    else lines.push(line);
  }
  return gaps.length > 0 ? gaps : { lines };
}

/** Those of the instruments that nothing is missing to trade. */
export function hedgeable(
  instruments: readonly HedgeInstrument[],
  before: AccountMargin,
  context: MarginContext,
): readonly HedgeInstrument[] {
  return instruments.filter((instrument) => {
    const line = hedgeLine(instrument, before, context);
    return line !== null && !isGaps(line);
  });
}

function hedgeLine(
  instrument: HedgeInstrument,
  before: AccountMargin,
  context: MarginContext,
): HedgeLine | Gaps | null {
  const { symbol, lot, bid, ask } = instrument;
  const { market } = context.valuation;
  const found = market.instrument(symbol);
  const underlying = found && underlyingOf(found, market);
  if (underlying === undefined) return [marketGap('symbol.unknown', symbol)];
  // The engine says what a lot does by itself, and what it charges for it.
  const alone = (quantity: Decimal): AccountMargin | Gaps =>
    accountMargin({ cash: new Decimal(0), positions: [{ symbol, quantity }] }, context);
  const [long, short] = [alone(lot), alone(lot.negated())];
  if (isGaps(long)) return long;
  if (isGaps(short)) return short;
  const { classGroup } = underlying;
  // What strategy rules margin offsets nothing.
  if (long.strategyPositions.has(symbol)) return null;
  const group = long.classGroups.get(classGroup)!;
  const { mark } = group.holdings.get(symbol)!;
  const units = lot.times(mark.multiplier);
  const dollars = (difference: Decimal): number => Math.max(0, difference.times(units).toNumber());
  return {
    ...{ instrument, mark, classGroup },
    pnl: group.inForce.scenarios,
    held: (before.classGroups.get(classGroup)?.holdings.get(symbol)?.position.quantity ?? ZERO)
      .dividedBy(lot)
      .toNumber(),
    longCharge: group.inForce.minimumCharge,
    shortCharge: short.classGroups.get(classGroup)!.inForce.minimumCharge,
    buyCost: ask === null ? 0 : dollars(ask.minus(mark.price)),
    sellCost: bid === null ? 0 : dollars(mark.price.minus(bid)),
    turnover: units.times(mark.price).abs().toNumber(),
  };
}

const ZERO = new Decimal(0);
