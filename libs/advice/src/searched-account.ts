import {
  type AccountMargin,
  barredByCall,
  type Gaps,
  type Hold,
  isGaps,
  type MarginContext,
  type OverdueCall,
  whatIf,
  type WhatIf,
} from '@app/margin';
import type { Order, Portfolio } from '@app/portfolio';

/** An account that a search tries orders on. */
export interface SearchedAccount {
  readonly portfolio: Portfolio;
  readonly context: MarginContext;
  /** Of the positions alone. */
  readonly before: AccountMargin;
  /** What working orders hold: it counts before and after. */
  readonly hold: Hold;
  /** While one is overdue only orders that lower the requirement pass. */
  readonly call: OverdueCall | null;
}

/** Orders on the account as the what-if judges them. */
export function tried(orders: readonly Order[], account: SearchedAccount): WhatIf | Gaps {
  const { portfolio, context, before, hold, call } = account;
  const answer = whatIf(portfolio, orders, context, before, hold);
  return isGaps(answer) ? answer : barredByCall(answer, call);
}
