import { type AccountMargin, type Gaps, type Hold, holdMinus, isGaps, marginWithHold } from '@app/margin';
import type { Order } from '@app/portfolio';
import { marginGapProblem } from '../accounts/account-margin-reply.js';
import {
  type AccountHolds,
  type HoldContext,
  reservationHold,
  type WorkingReservation,
} from '../what-if/account-holds.js';
import { isKnown } from '../what-if/base.js';
import { overdueCall } from '../what-if/overdue-call.js';
import type { OpenedAccount } from './account-opening.js';
import type { CheckedAccount } from './check.js';

/**
 * An account as a batch of checks goes over it: each check is judged on what those before it would hold. Nothing of
 * that is known outside until it is committed, but to the batch that follows: it is judged on what this one will leave,
 * and committed only where it left just that.
 */
export class JudgedAccount {
  /** The account's when its checks are committed. */
  readonly holdVersion: number;
  private readonly beside: HoldContext;
  private hold: Hold;
  private held: AccountMargin;
  private readonly taken = new Map<string, WorkingReservation>();
  private readonly gone = new Set<string>();
  private state: 'JUDGED' | 'COMMITTED' | 'REFUSED' = 'JUDGED';

  /** @throws Problem 422 naming what is missing to know the margin now. */
  constructor(
    readonly opened: OpenedAccount,
    /** The same account in a batch that is not committed yet. */
    private before: JudgedAccount | null,
  ) {
    const beside = opened.base.portfolioMargin();
    if (!isKnown(beside)) throw marginGapProblem(beside.before as Gaps);
    this.beside = beside;
    if (before !== null) {
      this.holdVersion = before.nextVersion;
      this.hold = before.hold;
      this.held = before.held;
      return;
    }
    this.holdVersion = opened.holdVersion;
    const total = opened.holds.total(beside);
    if (isGaps(total)) throw marginGapProblem(total);
    this.hold = total;
    this.held = totalMargin(opened.holds, beside, total);
  }

  /** Whether another batch may go over what this one will leave: it is not known to have failed, nor changed beside it. */
  isFollowedOn({ base }: OpenedAccount): boolean {
    return this.state !== 'REFUSED' && base === this.opened.base && (this.before?.isFollowedOn(this.opened) ?? true);
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

  find(id: string): WorkingReservation | undefined {
    if (this.gone.has(id)) return undefined;
    return this.taken.get(id) ?? (this.ahead ?? this.opened.holds).find(id);
  }

  take(reservation: WorkingReservation, replaces: string | null, total: Hold, held: AccountMargin): void {
    this.taken.set(reservation.id, reservation);
    if (replaces !== null) this.gone.add(replaces);
    this.hold = total;
    this.held = held;
  }

  /** What was taken is known from now on; or, where not all of it was committed, is to be read. */
  settle(isCommitted: boolean): void {
    this.state = isCommitted ? 'COMMITTED' : 'REFUSED';
    this.before = null;
    const { holds } = this.opened;
    // Somebody may have read farther meanwhile; what this batch committed was then among it.
    if (!isCommitted || this.taken.size === 0 || holds.holdVersion !== this.holdVersion) return;
    holds.advance(this.nextVersion, this.taken.values(), this.gone, { context: this.beside, sum: this.hold });
    MARGINS.set(holds, { beside: this.beside, hold: this.hold, margin: this.held });
  }

  /** The account's once all is committed. */
  private get nextVersion(): number {
    return this.taken.size > 0 ? this.holdVersion + 1 : this.holdVersion;
  }

  /** The batch before, while what it took is not known outside. */
  private get ahead(): JudgedAccount | null {
    return this.before?.state === 'JUDGED' ? this.before : null;
  }

  private holdOf(id: string): Hold | undefined {
    const given = this.find(id);
    const hold = given && reservationHold(given.orders, this.beside);
    return hold === undefined || isGaps(hold) ? undefined : hold;
  }

  private orders(without: string | null): Order[] {
    return [...this.working()].filter(({ id }) => id !== without).flatMap(({ orders }) => orders);
  }

  private *working(): Iterable<WorkingReservation> {
    for (const each of this.ahead?.working() ?? this.opened.holds.all()) if (!this.gone.has(each.id)) yield each;
    for (const each of this.taken.values()) if (!this.gone.has(each.id)) yield each;
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
