import { underlyingOf } from '@app/market';
import { type Order, orderPositions } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { type AccountMargin, accountMarginAfter } from './account-margin.js';
import { type Judgement, judgement } from './decision.js';
import { type Gaps, isGaps } from './gap.js';
import { orderLines } from './hold.js';
import type { Holding, MarginContext } from './holding.js';
import { accountViolations, symbolViolations, type Violation } from './violations.js';

/** An account whose working orders and some more are judged at their worst. */
export interface HeldMargins {
  /** Of the positions alone. */
  readonly positions: AccountMargin;
  /** With what is held already, and with the new orders held beside it. */
  readonly before: AccountMargin;
  readonly after: AccountMargin;
}

/**
 * Orders that are to be held: equity and the limits of the house against the worst of what may fill. A limit on a symbol
 * is held against the new orders alone, beside those that trade it the same way, and beside all that work.
 */
export function holdJudgement(
  { positions, before, after }: HeldMargins,
  orders: readonly Order[],
  working: () => Iterable<Order>,
  context: MarginContext,
): Judgement | Gaps {
  const { rules } = context;
  const symbols = orders.some(({ legs }) => legs.some(({ symbol }) => isLimited(symbol, context)))
    ? worstOfSymbols(positions, orders, [...working()], context)
    : NONE;
  if (isGaps(symbols)) return symbols;
  return judgement(before, after, {
    initial: after.initial,
    initialRuleId: rules.appliedAccount.find(({ parameter }) => parameter === 'initialMultiplier')?.ruleId ?? null,
    violationsBefore: accountViolations(before, rules),
    violationsAfter: [...accountViolations(after, rules), ...symbols.violations],
  });
}

function linesOf(orders: readonly Order[], context: MarginContext): { readonly traded: readonly Holding[] } | Gaps {
  const traded: Holding[] = [];
  for (const order of orders) {
    const priced = orderLines(order, context);
    if (isGaps(priced)) return priced;
    traded.push(...priced.lines);
  }
  return { traded };
}

/** Or not known, which then shows. */
function isLimited(traded: string, { rules, valuation: { market } }: MarginContext): boolean {
  const instrument = market.instrument(traded);
  const underlying = instrument && underlyingOf(instrument, market);
  if (underlying === undefined) return true;
  const { classGroup, productClass } = underlying;
  return [traded, underlying.symbol].some((symbol) => {
    const { positionLimit, notionalLimit, closingOnly } = rules.symbol(
      ...([symbol, underlying.symbol, classGroup, productClass] as const),
    );
    return positionLimit !== null || notionalLimit !== null || closingOnly !== null;
  });
}

const NONE = { violations: [] };

/** Violations of each limit where it is broken most, among a few ways to fill. */
function worstOfSymbols(
  positions: AccountMargin,
  orders: readonly Order[],
  working: readonly Order[],
  context: MarginContext,
): { readonly violations: readonly Violation[] } | Gaps {
  const lines = linesOf(orders, context);
  if (isGaps(lines)) return lines;
  const ways = [orders, [...orders, ...working.filter((order) => tradesAlike(order, orders))], [...orders, ...working]];
  const worst = new Map<string, Violation>();
  for (const filled of ways) {
    const after = accountMarginAfter(positions, filled.flatMap(orderPositions), new Decimal(0), context);
    if (isGaps(after)) return after;
    for (const violation of symbolViolations(positions, after, lines.traded, context.rules)) {
      const key = `${violation.code} ${violation.subject} ${violation.ruleId}`;
      if (violation.excess > (worst.get(key)?.excess ?? 0)) worst.set(key, violation);
    }
  }
  return { violations: [...worst.values()] };
}

/** It trades a symbol of theirs on their side. */
function tradesAlike(order: Order, others: readonly Order[]): boolean {
  const sides = new Set(others.flatMap(({ legs }) => legs.map(({ symbol, side }) => `${symbol} ${side === 'BUY'}`)));
  return order.legs.some(({ symbol, side }) => sides.has(`${symbol} ${side === 'BUY'}`));
}
