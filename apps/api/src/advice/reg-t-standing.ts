import { barredByCall, type OverdueCall } from '@app/margin';
import type { Cents, Order, Portfolio, WorkingOrder } from '@app/portfolio';
import { isRegTGaps, type RegTContext, type RegTGaps, type RegTMargin } from '@app/reg-t';
import { isAnswerGaps } from '../what-if/gap-problem.js';
import { regTHeld } from '../what-if/reg-t-held.js';
import { type Judged, judged } from '../what-if/regimes.js';
import type { ProvenanceDto } from '../what-if/what-if-reply.dto.js';

/** An account under Regulation T as a search finds it. */
export interface RegTStanding {
  readonly methodology: 'REG_T';
  readonly portfolio: Portfolio;
  readonly context: RegTContext;
  /** Of the positions alone. */
  readonly before: RegTMargin;
  readonly working: readonly WorkingOrder[];
  /** With what working orders hold. */
  readonly excess: Cents;
  readonly call: OverdueCall | null;
  readonly provenance: ProvenanceDto;
}

export function regTStanding(
  known: Omit<RegTStanding, 'methodology' | 'before' | 'excess'> & { readonly before: RegTMargin | RegTGaps },
): RegTStanding | RegTGaps {
  const { portfolio, before, working, context } = known;
  if (isRegTGaps(before)) return before;
  const held = regTHeld(portfolio, before, working, context);
  if (isRegTGaps(held)) return held;
  return { ...known, before, methodology: 'REG_T', excess: before.excess - held.held };
}

/** Orders on the account as the what-if judges them; null where the amounts are too large to be exact. */
export function regTTried(
  { portfolio, context, before, working, call }: RegTStanding,
  orders: readonly Order[],
): Judged | null {
  const answer = judged('REG_T', portfolio, orders, { portfolioMargin: null, regT: { context, before, working } });
  return isAnswerGaps(answer) ? null : barredByCall(answer, call);
}
