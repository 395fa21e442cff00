import { isGaps, worstFill } from '@app/margin';
import type { Cents } from '@app/portfolio';
import { isRegTGaps } from '@app/reg-t';
import type { DecisionText } from '@app/store';
import type { WorkingReservation } from '../what-if/account-holds.js';
import { gapProblem } from '../what-if/gap-problem.js';
import { regTWorstFillReply, worstFillReply } from '../what-if/worst-fill-reply.js';
import type { Ask } from './ask.js';
import { check, type CheckedAccount, type LimitRefusal } from './check.js';
import { type Decided, decisionReply } from './decision-reply.js';
import type { OpenedAccount } from './account-opening.js';
import { PortfolioAccount } from './portfolio-account.js';
import { RegTAccount } from './reg-t-account.js';
import { regTCheck } from './reg-t-check.js';

/** An account in a batch, under the regime that decides about it. */
export type GateAccount = PortfolioAccount | RegTAccount;

/**
 * `before`: the same account in a batch that is not committed yet; of the same state, and so under the same regime.
 * @throws Problem 422 naming what is missing to know the margin now.
 */
export function gateAccount(opened: OpenedAccount, before: GateAccount | null, block: string): GateAccount {
  return opened.regT === null
    ? new PortfolioAccount(opened, before as PortfolioAccount | null, block)
    : new RegTAccount(opened, before as RegTAccount | null, block);
}

/** How a check went, before anything is committed. */
export interface Verdict {
  readonly isAccepted: boolean;
  readonly heldCents: Cents;
  /** The answer. */
  readonly reply: (named: Pick<Decided, 'id' | 'now' | 'validUntil'>) => DecisionText;
  /** Counts the reservation in what the batch judges next. */
  readonly take: (reservation: WorkingReservation) => void;
}

/** Yields where other requests may go on. @throws Problem 422 naming what is missing. */
export function* verdict(account: GateAccount, ask: Ask, refusal: LimitRefusal | null): Generator<void, Verdict> {
  return account instanceof RegTAccount ? yield* byStrategy(account, ask, refusal) : byPortfolio(account, ask, refusal);
}

function answered(
  { opened: { base } }: GateAccount,
  ask: Ask,
  checked: Decided['checked'],
  ruleSetVersion: string,
  worst: Decided['worst'],
): Omit<Verdict, 'take'> {
  return {
    isAccepted: checked.decision === 'ACCEPT',
    heldCents: checked.heldCents,
    reply: (named) => decisionReply({ ...named, ask, checked, base, ruleSetVersion, worst }),
  };
}

function byPortfolio(account: PortfolioAccount, ask: Ask, refusal: LimitRefusal | null): Verdict {
  const seen = account.seen(ask.replaces);
  const checked = check(seen, ask.linked, refusal);
  if (isGaps(checked)) throw gapProblem(checked, ask.request);
  return {
    ...answered(account, ask, checked, seen.context.rules.version, () => worstOf(seen, ask)),
    take: (reservation) => account.take(reservation, ask.replaces, checked.total, checked.after),
  };
}

function worstOf({ positions, working, context }: CheckedAccount, { linked, request }: Ask) {
  const found = worstFill(positions, [...working(), ...linked], context);
  if (isGaps(found)) throw gapProblem(found, request);
  return worstFillReply(found);
}

function* byStrategy(account: RegTAccount, ask: Ask, refusal: LimitRefusal | null): Generator<void, Verdict> {
  const seen = yield* account.seen(ask.replaces);
  const checked = yield* regTCheck(seen, ask.linked, refusal);
  if (isRegTGaps(checked)) throw gapProblem(checked, ask.request);
  return {
    ...answered(account, ask, checked, seen.context.rules.version, () => regTWorstFillReply(checked.worst)),
    take: (reservation) => account.take(reservation, ask.replaces, checked.worst),
  };
}
