import { type Cents, marketValue } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { type AccountMargin, accountMarginAfter } from './account-margin.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import type { MarginContext } from './holding.js';
import { type WorkingFill, workingFills, type WorkingOrder } from './working-order.js';
import { joinedOrders, worstSearch } from './worst-search.js';

/** The account with some of its working orders filled whole. */
export interface FillCase {
  /** clOrdIds, in the order given. */
  readonly filled: readonly string[];
  readonly requirement: Cents;
  /** As it was, less what the filled orders cost against the mark: what they would gain against it is not counted. */
  readonly equity: Cents;
  readonly excess: Cents;
}

export interface WorstFill {
  readonly nothing: FillCase;
  /** Every order, linked or not. */
  readonly everything: FillCase;
  /** The combination that leaves the least excess; of a BOUND the worst that was found. */
  readonly worst: FillCase;
  /** The combination with the greatest requirement; of a BOUND the worst that was found. */
  readonly mostRequired: FillCase;
  /** No fills, whole or partial, leave less excess. The worst combination's own where EXACT. */
  readonly leastExcess: Cents;
  /** No fills require more. */
  readonly greatestRequirement: Cents;
  /** EXACT: the worst of all combinations was found. BOUND: none can be worse than the bounds say. */
  readonly proof: 'EXACT' | 'BOUND';
}

/**
 * The worst that working orders can do to an account, whichever of them fill and however far: `before` holds none of
 * them. METHODOLOGY.md has the proof.
 */
export function worstFill(
  before: AccountMargin,
  orders: readonly WorkingOrder[],
  context: MarginContext,
): WorstFill | Gaps {
  const working = workingFills(orders, context);
  if (isGaps(working)) return working;
  const { fills } = working;
  const parts = joinedOrders(before, fills, context);
  const byExcess = worstSearch(before, fills, parts, ({ cost }) => cost / 100);
  const byRequirement = worstSearch(before, fills, parts, () => 0);
  if (byExcess.most === undefined || byRequirement.most === undefined) return [marginGap('amount.too_large', null)];
  const cases = [[], fills, byExcess.filled, byRequirement.filled].map((filled) => fillCase(before, filled, context));
  const gaps = cases.find(isGaps);
  if (gaps !== undefined) return gaps;
  const [nothing, everything, worst, mostRequired] = cases as FillCase[];
  return {
    ...{ nothing, everything, worst, mostRequired },
    leastExcess: byExcess.isExact ? worst.excess : Math.min(worst.excess, before.equity - byExcess.most),
    greatestRequirement: byRequirement.isExact
      ? mostRequired.requirement
      : Math.max(mostRequired.requirement, byRequirement.most),
    proof: byExcess.isExact && byRequirement.isExact ? 'EXACT' : 'BOUND',
  };
}

function fillCase(before: AccountMargin, fills: readonly WorkingFill[], context: MarginContext): FillCase | Gaps {
  const filled = fills.map(({ working }) => working.order.clOrdId);
  const trades = fills.flatMap((fill) => fill.trades);
  const cash = fills.reduce((sum, fill) => sum.minus(paid(fill)), new Decimal(0));
  const after = accountMarginAfter(before, trades, cash, context);
  if (isGaps(after)) return after;
  const { requirement, equity } = after;
  return { filled, requirement, equity, excess: equity - requirement };
}

/** Dollars: what the trades are worth at the mark, and the cost against it. */
function paid({ trades, holdings, cost }: WorkingFill): Decimal {
  return trades.reduce(
    (sum, { quantity }, leg) => sum.plus(marketValue(quantity, holdings[leg].mark)),
    new Decimal(cost).dividedBy(100),
  );
}
