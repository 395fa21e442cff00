import { distinctGaps } from '@app/market';
import { type Fills, type Order, orderFills, orderPositions, type Portfolio } from '@app/portfolio';
import { accountMargin, type AccountMargin, marginAfterTrades } from './account-margin.js';
import { type HouseStanding, type Judgement, judgement } from './decision.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Hold, marginWithHold, NOTHING_HELD_BACK } from './hold.js';
import { type Holding, holding, type MarginContext } from './holding.js';
import { accountViolations, symbolViolations } from './violations.js';

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
  const filledWhole = marginAfterTrades(before, filled.lines, filled.cashChange, context);
  if (isGaps(filledWhole)) return filledWhole;
  const was = marginWithHold(before, hold, context);
  const after = marginWithHold(filledWhole, hold, context);
  if (isGaps(was) || isGaps(after)) return isGaps(after) ? after : (was as Gaps);
  const { lines: traded } = filled;
  return { before: was, after, traded, ...judgement(was, after, houseStanding(was, after, filled, context)) };
}

function houseStanding(
  before: AccountMargin,
  after: AccountMargin,
  { lines }: FilledLines,
  { rules }: MarginContext,
): HouseStanding {
  const { appliedAccount } = rules;
  return {
    // Without orders nothing is added that the initial requirement could be asked for.
    initial: lines.length === 0 ? after.requirement : after.initial,
    initialRuleId: appliedAccount.find(({ parameter }) => parameter === 'initialMultiplier')?.ruleId ?? null,
    violationsBefore: [...accountViolations(before, rules), ...symbolViolations(before, before, lines, rules)],
    violationsAfter: [...accountViolations(after, rules), ...symbolViolations(before, after, lines, rules)],
  };
}

interface FilledLines extends Pick<Fills, 'cashChange'> {
  /** One a leg. */
  readonly lines: readonly Holding[];
}

/** The orders filled whole, or everything that keeps them from being priced. */
function fills(orders: readonly Order[], context: MarginContext): FilledLines | Gaps {
  const lines: Holding[] = [];
  const missing: Gaps[number][] = [];
  for (const position of orders.flatMap(orderPositions)) {
    const line = holding(position, context);
    if (isGaps(line)) missing.push(...line);
    else lines.push(line);
  }
  if (missing.length > 0) return missing;
  const marks = new Map(lines.map(({ position, mark }) => [position.symbol, mark]));
  const { cashChange, ambiguous } = orderFills(orders, (symbol) => marks.get(symbol)!);
  if (ambiguous.length === 0) return { lines, cashChange };
  return ambiguous.map(({ legs }) => marginGap('order.net_price_ambiguous', legs[0].symbol));
}
