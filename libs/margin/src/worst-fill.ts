import { type Cents, marketValue } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { type AccountMargin, accountMarginAfter } from './account-margin.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import type { MarginContext } from './holding.js';
import { type WorkingFill, workingFills, type WorkingOrder } from './working-order.js';
import { heldAtWorst, isSumOfClassGroups } from './worst-bound.js';
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
  if (!isSumOfClassGroups(before, fills, context)) return boundedFill(before, fills, context);
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

/** Where the search does not reach: the worse of nothing and everything as a case, and a bound over all fills. */
function boundedFill(before: AccountMargin, fills: readonly WorkingFill[], context: MarginContext): WorstFill | Gaps {
  const cases = [[], fills].map((filled) => fillCase(before, filled, context));
  const bound = heldAtWorst(before, fills, context);
  const gaps = [...cases, bound].find(isGaps);
  if (gaps !== undefined) return gaps;
  const [nothing, everything] = cases as FillCase[];
  const held = bound as AccountMargin;
  const worst = everything.excess < nothing.excess ? everything : nothing;
  const mostRequired = everything.requirement > nothing.requirement ? everything : nothing;
  return {
    ...{ nothing, everything, worst, mostRequired, proof: 'BOUND' },
    // An initial requirement of its own is what orders must be covered for.
    leastExcess: Math.min(worst.excess, held.equity - held.initial),
    greatestRequirement: Math.max(mostRequired.requirement, held.requirement),
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
