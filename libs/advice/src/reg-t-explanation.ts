import type { WorkingOrder } from '@app/portfolio';
import { isRegTGaps, type RegTContext, type RegTGaps, regTMargin, regTWorstFill } from '@app/reg-t';
import { type Amounts, explained, type Explanation, type MovedState } from './explanation.js';

/** An account under Regulation T at one time; of what works, the orders. */
export type RegTState = MovedState<RegTContext['rules'], readonly WorkingOrder[]>;

/** Why an account's requirement and equity changed; what working orders may take from excess is required. */
export function regTExplanation(
  from: RegTState,
  to: RegTState,
  how: Pick<RegTContext, 'solver' | 'secondsPerPairing' | 'nonMargin'>,
): Explanation | RegTGaps {
  return explained(from, to, ({ portfolio, market, rules, hold }: RegTState): Amounts | RegTGaps => {
    const context = { ...how, market, rules };
    const margin = regTMargin(portfolio, context);
    if (isRegTGaps(margin)) return margin;
    const { initial, equity, excess } = margin;
    if (hold.length === 0) return { requirement: initial, equity };
    const worst = regTWorstFill(portfolio, margin, hold, context);
    if (isRegTGaps(worst)) return worst;
    return { requirement: initial + Math.max(0, excess - worst.leastExcess), equity };
  });
}
