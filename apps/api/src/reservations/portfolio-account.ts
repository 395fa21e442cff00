import { type AccountMargin, type Gaps, type Hold, holdMinus, isGaps, marginWithHold } from '@app/margin';
import { marginGapProblem } from '../accounts/account-margin-reply.js';
import {
  type AccountHolds,
  type HoldContext,
  type KnownSum,
  reservationHold,
  type WorkingReservation,
} from '../what-if/account-holds.js';
import { isKnown } from '../what-if/base.js';
import { overdueCall } from '../what-if/overdue-call.js';
import type { OpenedAccount } from './account-opening.js';
import type { CheckedAccount } from './check.js';
import { JudgedAccount } from './judged-account.js';

/** An account under portfolio margin in a batch of checks: what its orders hold is a sum that each check adds to. */
export class PortfolioAccount extends JudgedAccount {
  private readonly beside: HoldContext;
  private hold: Hold;
  private held: AccountMargin;

  /** @throws Problem 422 naming what is missing to know the margin now. */
  constructor(opened: OpenedAccount, before: PortfolioAccount | null, block: string) {
    super(opened, before, block);
    const beside = opened.base.portfolioMargin();
    if (!isKnown(beside)) throw marginGapProblem(beside.before as Gaps);
    this.beside = beside;
    if (before !== null) {
      this.hold = before.hold;
      this.held = before.held;
      return;
    }
    const total = opened.holds.total(beside);
    if (isGaps(total)) throw marginGapProblem(total);
    this.hold = total;
    this.held = totalMargin(opened.holds, beside, total);
  }

  /** As a check of it sees it; without what a reservation holds that the check would replace. */
  seen(replaces: string | null): CheckedAccount {
    const { standing, base } = this.opened;
    const { context, before: positions } = this.beside;
    const given = replaces === null ? undefined : this.holdOf(replaces);
    const hold = given === undefined ? this.hold : holdMinus(this.hold, given);
    return {
      portfolio: base.account,
      context,
      positions,
      hold,
      call: overdueCall(standing, base.market.valuationDate),
      held: given === undefined ? this.held : heldMargin(this.beside, hold),
      working: () => this.orders(replaces),
    };
  }

  /** `total`, `held`: with the reservation. */
  take(reservation: WorkingReservation, replaces: string | null, total: Hold, held: AccountMargin): void {
    this.count(reservation, replaces);
    this.hold = total;
    this.held = held;
  }

  protected sum(): KnownSum {
    return { context: this.beside, sum: this.hold };
  }

  protected remember(holds: AccountHolds): void {
    MARGINS.set(holds, { beside: this.beside, hold: this.hold, margin: this.held });
  }

  private holdOf(id: string): Hold | undefined {
    const given = this.find(id);
    const hold = given && reservationHold(given.orders, this.beside);
    return hold === undefined || isGaps(hold) ? undefined : hold;
  }
}

/** An account's margin with all that is held, kept from one batch to the next. */
const MARGINS = new WeakMap<
  AccountHolds,
  { readonly beside: HoldContext; readonly hold: Hold; readonly margin: AccountMargin }
>();

function totalMargin(holds: AccountHolds, beside: HoldContext, hold: Hold): AccountMargin {
  const known = MARGINS.get(holds);
  if (known?.beside === beside && known.hold === hold) return known.margin;
  const margin = heldMargin(beside, hold);
  MARGINS.set(holds, { beside, hold, margin });
  return margin;
}

function heldMargin({ before, context }: HoldContext, hold: Hold): AccountMargin {
  const margin = marginWithHold(before, hold, context);
  if (isGaps(margin)) throw marginGapProblem(margin);
  return margin;
}
