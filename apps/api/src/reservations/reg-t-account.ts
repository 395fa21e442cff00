import type { WorkingOrder } from '@app/portfolio';
import { isRegTGaps, type RegTMargin, type RegTWorstFill, regTWorstFillSearch } from '@app/reg-t';
import { marginGapProblem } from '../accounts/account-margin-reply.js';
import type { AccountHolds, WorkingReservation } from '../what-if/account-holds.js';
import { overdueCall } from '../what-if/overdue-call.js';
import type { OpenedAccount } from './account-opening.js';
import { JudgedAccount } from './judged-account.js';
import type { RegTCheckedAccount } from './reg-t-check.js';

/** The worst of what works, by the margin of the positions, which is one object for one state of an account. */
const WORSTS = new WeakMap<RegTMargin, { readonly holdVersion: number; readonly worst: RegTWorstFill }>();

/**
 * An account under Regulation T in a batch of checks. What its orders hold is no sum, so that each check looks at all of
 * them.
 */
export class RegTAccount extends JudgedAccount {
  private readonly margin: RegTMargin;
  /** Of all that works and was taken, where it is known. */
  private worst: RegTWorstFill | undefined;

  /** @throws Problem 422 naming what is missing to know the margin now. */
  constructor(opened: OpenedAccount, before: RegTAccount | null, block: string) {
    super(opened, before, block);
    const margin = opened.regT!.before;
    if (isRegTGaps(margin)) throw marginGapProblem(margin);
    this.margin = margin;
    const known = WORSTS.get(margin);
    if (before !== null) this.worst = before.worst;
    else if (known?.holdVersion === this.holdVersion) this.worst = known.worst;
  }

  /** As a check of it sees it; without a reservation that the check would replace. Yields as the check does. */
  *seen(replaces: string | null): Generator<void, RegTCheckedAccount> {
    const { base, standing, regT } = this.opened;
    const working = this.orders(replaces);
    const known = replaces === null ? this.worst : undefined;
    const worst = known ?? (yield* this.worstOf(working));
    if (replaces === null) this.worst = worst;
    return {
      portfolio: base.account,
      context: regT!.context,
      margin: this.margin,
      working,
      worst,
      call: overdueCall(standing, base.market.valuationDate),
    };
  }

  /** `worst`: of what works with the reservation. */
  take(reservation: WorkingReservation, replaces: string | null, worst: RegTWorstFill): void {
    this.count(reservation, replaces);
    this.worst = worst;
  }

  protected sum(): null {
    return null;
  }

  protected remember({ holdVersion }: AccountHolds): void {
    WORSTS.set(this.margin, { holdVersion, worst: this.worst! });
  }

  private *worstOf(working: readonly WorkingOrder[]): Generator<void, RegTWorstFill> {
    const { base, regT } = this.opened;
    const found = yield* regTWorstFillSearch(base.account, this.margin, working, regT!.context);
    if (isRegTGaps(found)) throw marginGapProblem(found);
    return found;
  }
}
