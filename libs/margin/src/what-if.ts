import { distinctGaps } from '@app/market';
import { fillGain, legsValue, type Order, type Portfolio } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { accountMargin, type AccountMargin, marginAfterTrades, type Trades } from './account-margin.js';
import { type HouseStanding, type Judgement, judgement } from './decision.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Hold, marginWithHold, NOTHING_HELD_BACK, orderLines } from './hold.js';
import type { Holding, MarginContext } from './holding.js';
import { violations } from './violations.js';

export interface WhatIf extends Judgement {
  readonly before: AccountMargin;
  readonly after: AccountMargin;
  /** What the orders trade, a line a leg. */
  readonly traded: readonly Holding[];
}

/**
 * What orders do to an account when they all fill whole. `before` may be handed in where it was computed for an
 * earlier question on the same portfolio and context: the orders then cost only their legs. `hold` is of orders that are
 * working already: before and after, the worst of them is counted too.
 */
export function whatIf(
  portfolio: Portfolio,
  orders: readonly Order[],
  context: MarginContext,
  before: AccountMargin | Gaps = accountMargin(portfolio, context),
  hold: Hold = NOTHING_HELD_BACK,
): WhatIf | Gaps {
  const filled = fills(orders, context);
  if (isGaps(before) || isGaps(filled)) {
    return distinctGaps([...(isGaps(before) ? before : []), ...(isGaps(filled) ? filled : [])]);
  }
  const filledWhole = marginAfterTrades(before, filled, context);
  if (isGaps(filledWhole)) return filledWhole;
  const was = marginWithHold(before, hold, context);
  const after = marginWithHold(filledWhole, hold, context);
  if (isGaps(was) || isGaps(after)) return isGaps(after) ? after : (was as Gaps);
  const { decision, reasons, riskReducing } = judgement(was, after, houseStanding(was, after, filled, context));
  return { before: was, after, traded: filled.lines, decision, reasons, riskReducing };
}

function houseStanding(
  before: AccountMargin,
  after: AccountMargin,
  { lines }: Trades,
  { rules }: MarginContext,
): HouseStanding {
  const { account, appliedAccount } = rules;
  const isInitial = ({ parameter }: (typeof appliedAccount)[number]): boolean => parameter === 'initialMultiplier';
  return {
    // Without orders nothing is added that the initial requirement could be asked for.
    initial: lines.length === 0 ? after.requirement : after.initial,
    // At once the requirement nothing is asked for beyond it.
    initialRuleId: account.initialMultiplier === 1 ? null : (appliedAccount.find(isInitial)?.ruleId ?? null),
    violationsBefore: violations(before, before, lines, rules),
    violationsAfter: violations(before, after, lines, rules),
  };
}

const ZERO = new Decimal(0);

/** The orders filled whole, or everything that keeps them from being priced. */
function fills(orders: readonly Order[], context: MarginContext): Trades | Gaps {
  const lines: Holding[] = [];
  const missing: Gaps[number][] = [];
  const ambiguous: Gaps[number][] = [];
  let gain = ZERO;
  for (const order of orders) {
    const legs = orderLines(order, context);
    if (isGaps(legs)) {
      missing.push(...legs);
      continue;
    }
    // What trades at the marks gains nothing against them.
    const gained = order.price === null ? undefined : fillGain(order, legs.lines);
    if (gained !== undefined) gain = gain.plus(gained);
    else if (order.price !== null) ambiguous.push(marginGap('order.net_price_ambiguous', order.legs[0].symbol));
    for (const line of legs.lines) lines.push(line);
  }
  const gaps = missing.length > 0 ? missing : ambiguous;
  return gaps.length > 0 ? gaps : { lines, value: legsValue(lines), gain };
}
