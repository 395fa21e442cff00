import {
  type AccountMargin,
  type Gaps,
  type HeldMargins,
  holdJudgement,
  isGaps,
  type Judgement,
  type MarginContext,
  whatIf,
  worstFill,
} from '@app/margin';
import { type Order, type Portfolio, waysToFill, type WorkingOrder } from '@app/portfolio';

/** An account that orders are tried on, and what works. */
interface TriedAccount {
  readonly portfolio: Portfolio;
  readonly context: MarginContext;
  /** Of the positions alone. */
  readonly positions: AccountMargin;
  readonly working: () => readonly WorkingOrder[];
}

/**
 * Orders that are to be held, in every way their links let them fill, and of orders on both sides of a symbol each side
 * alone: refused where one of these is.
 */
export function boundJudgement(
  margins: HeldMargins,
  orders: readonly WorkingOrder[],
  working: () => readonly WorkingOrder[],
  context: MarginContext,
): Judgement | Gaps {
  const plain = (): Order[] => working().map(({ order }) => order);
  let first: Judgement | undefined;
  for (const way of waysToFill(orders).flatMap(withEachSide)) {
    const judged = holdJudgement(margins, way, plain, context);
    if (isGaps(judged) || judged.decision === 'REJECT') return judged;
    first ??= judged;
  }
  return first!;
}

/** Where orders trade a symbol on both sides, also without those on either. */
function withEachSide(way: readonly Order[]): readonly (readonly Order[])[] {
  if (way.length < 2) return [way];
  const traded = (isBuy: boolean): ReadonlySet<string> =>
    new Set(
      way.flatMap(({ legs }) => legs.filter((leg) => (leg.side === 'BUY') === isBuy).map(({ symbol }) => symbol)),
    );
  const [bought, sold] = [traded(true), traded(false)];
  const onBoth = [...bought].filter((symbol) => sold.has(symbol));
  const without = (symbol: string, isBuy: boolean): Order[] =>
    way.filter(({ legs }) => !legs.some((leg) => leg.symbol === symbol && (leg.side === 'BUY') === isBuy));
  const sides = onBoth.flatMap((symbol) => [without(symbol, true), without(symbol, false)]);
  return [way, ...sides.filter((side) => side.length > 0)];
}

/**
 * Orders that lower the requirement, by themselves and after whatever is working, and may be sent in a deficit or during
 * a call. A requirement is convex in what fills, so that it is then lower for every part of one order; of several no
 * combination may raise it or cost equity either.
 */
export function reduction(account: TriedAccount, orders: readonly WorkingOrder[]): Judgement | null {
  const working = waysToFill(account.working());
  let first: Judgement | null = null;
  for (const way of waysToFill(orders)) {
    const alone = reducing(account, way);
    if (alone === null || working.some((filled) => reducing(account, [...filled, ...way]) === null)) return null;
    first ??= alone;
  }
  return orders.length > 1 && raises(account, orders) ? null : first;
}

function reducing({ portfolio, context, positions }: TriedAccount, orders: readonly Order[]): Judgement | null {
  const answer = whatIf(portfolio, orders, context, positions);
  if (isGaps(answer) || !answer.riskReducing || answer.decision === 'REJECT') return null;
  const { decision, reasons, riskReducing } = answer;
  return { decision, reasons, riskReducing };
}

/** Whether some combination may require more than nothing does, or leave less excess. */
function raises({ positions, context }: TriedAccount, orders: readonly WorkingOrder[]): boolean {
  const worst = worstFill(positions, orders, context);
  if (isGaps(worst)) return true;
  const { greatestRequirement, leastExcess, nothing } = worst;
  return greatestRequirement > nothing.requirement || leastExcess < nothing.excess;
}
