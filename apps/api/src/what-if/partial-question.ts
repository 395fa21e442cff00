import { type Gaps, holding, isGaps, type MarginContext } from '@app/margin';
import { osiSymbol } from '@app/market';
import { type Cents, netPositions, type Order, type Portfolio, type Position, requirementCents } from '@app/portfolio';
import { Decimal } from 'decimal.js';

/** A position that the market cannot price, and the most it can cost. */
export interface Unpriced {
  readonly position: Position;
  readonly gaps: Gaps;
  /** Beyond counting nothing in equity; null where there is no most. */
  readonly worstCase: Cents | null;
}

/** What an answer leaves out, and what it charges for it. */
export interface LeftOut {
  readonly unpriced: readonly Unpriced[];
  /** clOrdIds of orders with a leg that has no price. */
  readonly orders: readonly string[];
  /** Together; of those without a most, nothing. */
  readonly charge: Cents;
  readonly isBounded: boolean;
}

export interface PartialQuestion {
  readonly portfolio: Portfolio;
  readonly orders: readonly Order[];
  readonly leftOut: LeftOut;
}

/** What a market may lack for one position, all others being known. */
const PRICING_GAPS: ReadonlySet<string> = new Set([
  ...['symbol.unknown', 'price.missing', 'price.stale', 'volatility.missing', 'volatility.fallback'],
  ...['option.expired', 'deliverable.unknown', 'future.expired', 'underlying.unknown', 'value.not_computable'],
]);

/**
 * The part of a question that can be answered. What is held long and has no price is worth nothing and lent against for
 * nothing; what is short costs its worst case, where there is one. Orders that have no price are not filled. Undefined
 * where something else is missing than prices, or nothing is.
 */
export function partialQuestion(
  portfolio: Portfolio,
  orders: readonly Order[],
  context: MarginContext,
): PartialQuestion | undefined {
  const priced: Position[] = [];
  const unpriced: Unpriced[] = [];
  for (const position of netPositions(portfolio.positions)) {
    const gaps = gapsOf(position, context);
    if (gaps === null) priced.push(position);
    else unpriced.push({ position, gaps, worstCase: worstCase(position, context) });
  }
  const isUnpriced = ({ legs }: Order): boolean =>
    legs.some(({ symbol }) => gapsOf({ symbol, quantity: ONE }, context) !== null);
  const left = orders.filter(isUnpriced);
  const isPricing = unpriced.every(({ gaps }) => gaps.every(({ code }) => PRICING_GAPS.has(code)));
  if (!isPricing || (unpriced.length === 0 && left.length === 0)) return undefined;
  const worst = unpriced.map((each) => each.worstCase);
  return {
    portfolio: { ...portfolio, positions: priced },
    orders: orders.filter((order) => !left.includes(order)),
    leftOut: {
      unpriced,
      orders: left.map(({ clOrdId }) => clOrdId),
      charge: worst.reduce<Cents>((sum, cents) => sum + (cents ?? 0), 0),
      isBounded: worst.every((cents) => cents !== null),
    },
  };
}

const ONE = new Decimal(1);

function gapsOf(position: Position, context: MarginContext): Gaps | null {
  const line = holding(position, context);
  return isGaps(line) ? line : null;
}

/**
 * Long options and shares can lose no more than what they count for, which is nothing; a short put the strike of all it
 * delivers. A short call or share has no most, nor has what may be a future.
 */
function worstCase({ symbol, quantity }: Position, { valuation }: MarginContext): Cents | null {
  const instrument = valuation.market.instrument(symbol);
  const terms = osiSymbol(symbol);
  const isFuture = instrument === undefined ? terms === undefined : instrument.kind === 'FUTURE';
  if (isFuture) return null;
  if (quantity.isPositive()) return 0;
  if (instrument?.kind !== 'OPTION' || instrument.right !== 'PUT' || instrument.adjusted) return null;
  const delivered = quantity.abs().times(instrument.multiplier).times(instrument.strike).toNumber();
  return requirementCents(delivered) ?? null;
}
