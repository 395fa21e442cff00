import { Decimal } from 'decimal.js';
import type { OptionContract, QuoteFlag } from './instrument.js';

/** The best bid and offer of an option, money per share; null where the side is absent. Neither is negative. */
export interface Quote {
  readonly bid: Decimal | null;
  readonly ask: Decimal | null;
}

/** Spread over which a quote says little, as a fraction of the mid. */
const WIDE_SPREAD_OF_MID = 0.5;
/** How far below intrinsic value an offer may be, as a fraction of spot, before it must be from another moment. */
const INTRINSIC_SLACK_OF_SPOT = 0.001;

function isZero(side: Decimal | null): boolean {
  return side === null || side.isZero();
}

/**
 * The mark of a quote: the middle of bid and ask. A bid of 0 is a real opinion (worthless or nearly so), so that half
 * the ask is the middle; an offer of 0 is nobody's, so that it counts as absent. Null without an offer or a bid side.
 */
export function quoteMid({ bid, ask }: Quote): Decimal | null {
  if (bid === null || ask === null || ask.isZero()) return null;
  return bid.plus(ask).dividedBy(2);
}

/** Exactly one of these where the quote gives no price; none where it does. */
function absence({ bid, ask }: Quote): QuoteFlag | undefined {
  if (isZero(bid) && isZero(ask)) return 'NO_QUOTE';
  return bid === null || isZero(ask) ? 'MISSING_SIDE' : undefined;
}

/** `spot` is then not the price of what it delivers. */
function isUnknown({ adjusted, deliverable }: OptionContract): boolean {
  return adjusted && deliverable === null;
}

function isBelowIntrinsic(contract: OptionContract, ask: Decimal, spot: number): boolean {
  if (contract.exercise !== 'AMERICAN' || isUnknown(contract)) return false;
  const intrinsic = contract.right === 'CALL' ? spot - contract.strike : contract.strike - spot;
  return ask.toNumber() < intrinsic - INTRINSIC_SLACK_OF_SPOT * spot;
}

/**
 * What can be said against one quote by itself. Parity needs its partner: `parityBreak`. `spot` null skips the test
 * against intrinsic value. A European quote below intrinsic value is no error: it cannot be exercised today.
 */
export function quoteFlags(contract: OptionContract, quote: Quote, spot: number | null): readonly QuoteFlag[] {
  const flags: QuoteFlag[] = [];
  const absent = absence(quote);
  const mid = quoteMid(quote);
  if (absent !== undefined) flags.push(absent);
  if (quote.bid !== null && quote.ask !== null && mid !== null) {
    const spread = quote.ask.minus(quote.bid);
    if (quote.bid.isZero()) flags.push('NO_BID');
    else if (spread.isNegative()) flags.push('CROSSED');
    else if (spread.greaterThan(mid.times(WIDE_SPREAD_OF_MID))) flags.push('WIDE');
    if (spot !== null && isBelowIntrinsic(contract, quote.ask, spot)) flags.push('BELOW_INTRINSIC');
  }
  if (contract.adjusted) flags.push('ADJUSTED_DELIVERABLE');
  return flags;
}
