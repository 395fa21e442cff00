import type { WorkingOrder } from '@app/portfolio';
import { isRegTGaps, type RegTMargin, type RegTWorstFill, regTWorstFill } from '@app/reg-t';
import { marginGapProblem } from '../accounts/account-margin-reply.js';
import type { WorkingReservation } from '../what-if/account-holds.js';
import { overdueCall } from '../what-if/overdue-call.js';
import type { OpenedAccount } from './judged-account.js';
import type { RegTCheckedAccount } from './reg-t-check.js';

interface Taken {
  readonly reservation: WorkingReservation;
  readonly replaces: string | null;
}

/** The worst of what works, by the margin of the positions, which is one object for one state of an account. */
const WORSTS = new WeakMap<RegTMargin, { readonly holdVersion: number; readonly worst: RegTWorstFill }>();

/**
 * An account under Regulation T as a batch of checks goes over it. What its orders hold is no sum, so that each check
 * looks at all of them.
 */
export class RegTAccount {
  private readonly margin: RegTMargin;
  private readonly taken = new Map<string, Taken>();
  private readonly gone = new Set<string>();
  /** Of all that works and was taken, where it is known. */
  private worst: RegTWorstFill | undefined;

  /** @throws Problem 422 naming what is missing to know the margin now. */
  constructor(
    readonly opened: OpenedAccount,
    /** Of the account in its batch. */
    readonly place: number,
  ) {
    const { before } = opened.regT!;
    if (isRegTGaps(before)) throw marginGapProblem(before);
    this.margin = before;
    const known = WORSTS.get(before);
    if (known?.holdVersion === opened.holdVersion) this.worst = known.worst;
  }

  /** As a check of it sees it; without a reservation that the check would replace. */
  seen(replaces: string | null): RegTCheckedAccount {
    const { base, standing, regT } = this.opened;
    const working = this.orders(replaces);
    const { context } = regT!;
    return {
      ...{ portfolio: base.account, context, margin: this.margin, working },
      worst: replaces === null ? (this.worst ??= this.worstOf(working)) : this.worstOf(working),
      call: overdueCall(standing, base.market.valuationDate),
    };
  }

  find(id: string): WorkingReservation | undefined {
    if (this.gone.has(id)) return undefined;
    return this.taken.get(id)?.reservation ?? this.opened.holds.find(id);
  }

  /** `worst`: of what works with it. */
  take(reservation: WorkingReservation, replaces: string | null, worst: RegTWorstFill): void {
    this.taken.set(reservation.id, { reservation, replaces });
    this.worst = worst;
    if (replaces !== null) this.gone.add(replaces);
  }

  /** Makes known what has been committed of what was taken. */
  commit(ids: ReadonlySet<string>): void {
    const { holds, holdVersion } = this.opened;
    // Somebody may have read farther meanwhile; what this batch committed was then among it.
    if (holds.holdVersion !== holdVersion || ids.size === 0) return;
    for (const id of ids) {
      const { reservation, replaces } = this.taken.get(id)!;
      if (replaces !== null) holds.remove(replaces);
      holds.add(reservation);
    }
    holds.holdVersion = holdVersion + 1;
    // All of it: the next check starts from what is known.
    if (ids.size === this.taken.size) WORSTS.set(this.margin, { holdVersion: holdVersion + 1, worst: this.worst! });
  }

  private worstOf(working: readonly WorkingOrder[]): RegTWorstFill {
    const { base, regT } = this.opened;
    const found = regTWorstFill(base.account, this.margin, working, regT!.context);
    if (isRegTGaps(found)) throw marginGapProblem(found);
    return found;
  }

  private orders(without: string | null): WorkingOrder[] {
    const taken = [...this.taken.values()].map(({ reservation }) => reservation);
    return [...this.opened.holds.all(), ...taken]
      .filter(({ id }) => id !== without && !this.gone.has(id))
      .flatMap(({ orders }) => orders);
  }
}
