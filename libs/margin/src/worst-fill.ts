import { type Cents, exactCents, marketValue, waysToFill, type WorkingOrder } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { type AccountMargin, accountMarginAfter } from './account-margin.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import type { MarginContext } from './holding.js';
import { type WorkingFill, workingFills } from './working-fill.js';
import { isWorst, mostLargestNamesLoss, untouchedRequirement } from './worst-account.js';
import { heldAtWorst } from './worst-bound.js';
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

/** More orders take seconds: of them the bound is given, beside the worst of a few combinations. */
export const SEARCHED_AT_MOST = 100;

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
  if (fills.length > SEARCHED_AT_MOST) return boundedWorst(before, fills, context);
  const parts = joinedOrders(before, fills);
  const others = untouchedRequirement(before, parts);
  const names = mostLargestNamesLoss(before, parts, context);
  const byExcess = worstSearch(fills, parts, others, ({ cost }) => cost / 100);
  const byRequirement = worstSearch(fills, parts, others, () => 0);
  const costs = fills.reduce((sum, { cost }) => sum + cost, 0);
  const [most, mostWithCosts] = [Math.max(byRequirement.most, names), Math.max(byExcess.most, names + costs)];
  // A sum that is no number is not exact either.
  if (exactCents(most) === undefined || exactCents(mostWithCosts) === undefined) {
    return [marginGap('amount.too_large', null)];
  }
  const sets = [[], fills, byExcess.filled, byRequirement.filled];
  const margins = sets.map((filled) => marginAfterFills(before, filled, context));
  const gaps = margins.find(isGaps);
  if (gaps !== undefined) return gaps;
  const afters = margins as AccountMargin[];
  const [nothing, everything, worst, mostRequired] = afters.map((after, i) => fillCase(sets[i], after));
  const isLeast = isWorst(byExcess, others, names, afters[2], true);
  const isMost = isWorst(byRequirement, others, names, afters[3], false);
  const known = { nothing, everything, worst, mostRequired };
  if (isLeast && isMost) {
    return { ...known, leastExcess: worst.excess, greatestRequirement: mostRequired.requirement, proof: 'EXACT' };
  }
  const held = heldAtWorst(before, fills, context);
  if (isGaps(held)) return held;
  // Neither bound is always the nearer one: the one adds class groups up, the other one every order's worst.
  const excess = Math.max(before.equity - mostWithCosts, held.equity - held.requirement);
  const requirement = Math.min(most, held.requirement);
  return {
    ...known,
    leastExcess: isLeast ? worst.excess : Math.min(worst.excess, excess),
    greatestRequirement: isMost ? mostRequired.requirement : Math.max(mostRequired.requirement, requirement),
    proof: 'BOUND',
  };
}

/** Whatever fills, it is no worse than the account with all orders held. */
function boundedWorst(before: AccountMargin, fills: readonly WorkingFill[], context: MarginContext): WorstFill | Gaps {
  const held = heldAtWorst(before, fills, context);
  const ways = waysToFill(fills.map(({ working }) => working)).map((way) => {
    const orders = new Set(way);
    return fills.filter(({ working }) => orders.has(working.order));
  });
  const margins = [[], fills, ...ways].map((filled) => marginAfterFills(before, filled, context));
  const gaps = [held, ...margins].find(isGaps);
  if (gaps !== undefined) return gaps;
  const { equity, requirement } = held as AccountMargin;
  const [nothing, everything, ...some] = [[], fills, ...ways].map((filled, i) =>
    fillCase(filled, margins[i] as AccountMargin),
  );
  const found = [nothing, ...some];
  const worst = found.reduce((a, b) => (b.excess < a.excess ? b : a));
  const mostRequired = found.reduce((a, b) => (b.requirement > a.requirement ? b : a));
  return {
    ...{ nothing, everything, worst, mostRequired, proof: 'BOUND' },
    leastExcess: Math.min(worst.excess, equity - requirement),
    greatestRequirement: Math.max(mostRequired.requirement, requirement),
  };
}

function marginAfterFills(
  before: AccountMargin,
  fills: readonly WorkingFill[],
  context: MarginContext,
): AccountMargin | Gaps {
  const trades = fills.flatMap((fill) => fill.trades);
  const cash = fills.reduce((sum, fill) => sum.minus(paid(fill)), new Decimal(0));
  return accountMarginAfter(before, trades, cash, context);
}

function fillCase(fills: readonly WorkingFill[], { requirement, equity }: AccountMargin): FillCase {
  // An exit of which a part waits is there twice.
  const filled = [...new Set(fills.map(({ working }) => working.order.clOrdId))];
  return { filled, requirement, equity, excess: equity - requirement };
}

/** Dollars: what the trades are worth at the mark, and the cost against it. */
function paid({ trades, holdings, cost }: WorkingFill): Decimal {
  return trades.reduce(
    (sum, { quantity }, leg) => sum.plus(marketValue(quantity, holdings[leg].mark)),
    new Decimal(cost).dividedBy(100),
  );
}
