import { barredByCall, type Judgement, judgement, type OverdueCall } from '@app/margin';
import { type Cents, type Order, type Portfolio, waysToFill, type WorkingOrder } from '@app/portfolio';
import {
  isRegTGaps,
  type RegTContext,
  type RegTGaps,
  type RegTMargin,
  regTWhatIf,
  type RegTWorstFill,
  regTWorstFillSearch,
} from '@app/reg-t';
import { type Checked, type LimitRefusal, refused } from './check.js';

/** What a check of an account under Regulation T is judged on. */
export interface RegTCheckedAccount {
  readonly portfolio: Portfolio;
  readonly context: RegTContext;
  /** Of the positions alone. */
  readonly margin: RegTMargin;
  /** All that may still execute, and the worst of it. */
  readonly working: readonly WorkingOrder[];
  readonly worst: RegTWorstFill;
  readonly call: OverdueCall | null;
}

/** Equity as it is, and what has to be covered of it: what executions would take from it, premiums included, is required. */
interface Standing {
  readonly requirement: Cents;
  readonly equity: Cents;
}

export interface RegTChecked extends Pick<Checked, 'decision' | 'reasons' | 'riskReducing' | 'heldCents' | 'proof'> {
  readonly before: Standing;
  readonly after: Standing;
  /** Of the orders and of all that work. */
  readonly worst: RegTWorstFill;
}

/**
 * Whether orders may be sent, whichever of them and of the orders working already execute. Yields between two pairings, so
 * that other requests can go on.
 */
export function* regTCheck(
  account: RegTCheckedAccount,
  orders: readonly WorkingOrder[],
  refusal: LimitRefusal | null,
): Generator<void, RegTChecked | RegTGaps> {
  const { portfolio, context, margin, working, call } = account;
  const worst = yield* regTWorstFillSearch(portfolio, margin, [...working, ...orders], context);
  if (isRegTGaps(worst)) return worst;
  const { equity } = margin;
  const was = account.worst.leastExcess;
  // More orders leave no more: bounds may be wider or narrower.
  const is = Math.min(was, worst.leastExcess);
  const before = { requirement: equity - was, equity };
  const after = { requirement: equity - is, equity };
  const heldCents = was - is;
  const checked = { before, after, heldCents, proof: worst.proof, worst };
  if (refusal !== null) return { ...checked, ...refused(refusal, heldCents) };
  const bound = judgement(before, after);
  if (bound.decision === 'ACCEPT' && call === null) return { ...checked, ...bound };
  const reducing = yield* reduction(account, orders, worst);
  return { ...checked, ...barredByCall(reducing ?? bound, call) };
}

/**
 * Orders that lower the requirement in every way they can fill whole, by themselves and after those that work, and of
 * which no part takes from excess; they may be sent in a deficit or during a call.
 */
function* reduction(
  account: RegTCheckedAccount,
  orders: readonly WorkingOrder[],
  withWorking: RegTWorstFill,
): Generator<void, Judgement | null> {
  const { portfolio, context, margin, working } = account;
  const filled = waysToFill(working);
  let first: Judgement | null = null;
  for (const way of waysToFill(orders)) {
    yield;
    const alone = reducing(account, way);
    if (alone === null) return null;
    for (const some of filled) {
      yield;
      if (reducing(account, [...some, ...way]) === null) return null;
    }
    first ??= alone;
  }
  const worst = yield* regTWorstFillSearch(portfolio, margin, orders, context);
  if (isRegTGaps(worst) || worst.leastExcess < margin.excess) return null;
  return withWorking.leastExcess < account.worst.leastExcess ? null : first;
}

function reducing({ portfolio, context, margin }: RegTCheckedAccount, orders: readonly Order[]): Judgement | null {
  const answer = regTWhatIf(portfolio, orders, context, margin);
  if (isRegTGaps(answer)) return null;
  const { before, after } = answer;
  const judged = judgement(
    { requirement: before.initial, equity: before.equity },
    { requirement: after.initial, equity: after.equity },
  );
  return judged.riskReducing && judged.decision === 'ACCEPT' ? judged : null;
}
