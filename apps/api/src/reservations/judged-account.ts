import { type AccountMargin, type Gaps, type Hold, holdMinus, isGaps, marginWithHold } from '@app/margin';
import type { Order, WorkingOrder } from '@app/portfolio';
import type { AccountRepository, AccountStanding } from '@app/store';
import { marginGapProblem } from '../accounts/account-margin-reply.js';
import { notFound } from '../problems.js';
import { type AccountHolds, type HoldContext, symbolsOf, type WorkingReservation } from '../what-if/account-holds.js';
import type { MarketClock } from '../what-if/market-clock.js';
import { overdueCall } from '../what-if/overdue-call.js';
import { type Base, isKnown } from '../what-if/base.js';
import type { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type { WorkingOrders } from '../what-if/working-orders.js';
import type { CheckedAccount } from './check.js';
import type { RegTBase } from '../what-if/regimes.js';

/** What an account is judged on, as it was read just now. */
export interface OpenedAccount {
  readonly standing: AccountStanding;
  readonly base: Base;
  readonly holds: AccountHolds;
  /** Of `holds`, when it was read. */
  readonly holdVersion: number;
  /** Of an account under Regulation T; null: portfolio margin decides. */
  readonly regT: Required<Pick<RegTBase, 'context' | 'before'>> | null;
}

/** Reads what accounts are judged on: versions afresh every time, the rest where they have changed. */
export class AccountOpening {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly whatIfs: StoredWhatIfs,
    private readonly working: WorkingOrders,
    private readonly clock: MarketClock,
  ) {}

  /** @throws Problem 404, or 422 where the account cannot be judged at all. */
  async open(id: string, orders: readonly Order[]): Promise<OpenedAccount> {
    const standing = await this.accounts.standing(id);
    if (standing === undefined) throw notFound();
    const base = await this.whatIfs.baseOf(standing);
    const holds = await this.working.of(standing);
    if (holds.hasDue(this.clock.now())) await this.working.expire(id, holds);
    const { holdVersion } = holds;
    await holds.load(base);
    await base.load(orders.flatMap(symbolsOf));
    const regT = base.account.methodology === 'REG_T' ? await base.regT() : null;
    return { standing, base, holds, holdVersion, regT };
  }
}

interface Taken {
  readonly reservation: WorkingReservation;
  readonly hold: Hold;
  readonly replaces: string | null;
}

/**
 * An account as a batch of checks goes over it: each check is judged on what those before it would hold. Nothing of
 * that is known outside until it is committed.
 */
export class JudgedAccount {
  private readonly beside: HoldContext;
  private hold: Hold;
  private held: AccountMargin;
  private readonly taken = new Map<string, Taken>();
  private readonly gone = new Set<string>();

  /** @throws Problem 422 naming what is missing to know the margin now. */
  constructor(
    readonly opened: OpenedAccount,
    /** Of the account in its batch. */
    readonly place: number,
  ) {
    const beside = opened.base.portfolioMargin();
    if (!isKnown(beside)) throw marginGapProblem(beside.before as Gaps);
    this.beside = beside;
    const total = opened.holds.total(beside);
    if (isGaps(total)) throw marginGapProblem(total);
    this.hold = total;
    this.held = marginOf(beside, total);
  }

  /** As a check of it sees it; without what a reservation holds that the check would replace. */
  seen(replaces: string | null): CheckedAccount {
    const { account } = this.opened.base;
    const { context, before: positions } = this.beside;
    const given = replaces === null ? undefined : this.holdOf(replaces);
    const hold = given === undefined ? this.hold : holdMinus(this.hold, given);
    return {
      ...{ portfolio: account, context, positions, hold },
      call: overdueCall(this.opened.standing, this.opened.base.market.valuationDate),
      held: given === undefined ? this.held : marginOf(this.beside, hold),
      working: () => this.orders(replaces),
    };
  }

  find(id: string): WorkingReservation | undefined {
    if (this.gone.has(id)) return undefined;
    return this.taken.get(id)?.reservation ?? this.opened.holds.find(id);
  }

  take(reservation: WorkingReservation, hold: Hold, replaces: string | null, total: Hold, held: AccountMargin): void {
    this.taken.set(reservation.id, { reservation, hold, replaces });
    if (replaces !== null) this.gone.add(replaces);
    this.hold = total;
    this.held = held;
    MARGINS.set(total, { beside: this.beside, margin: held });
  }

  /** Makes known what has been committed of what was taken. */
  commit(ids: ReadonlySet<string>): void {
    const { holds, holdVersion } = this.opened;
    // Somebody may have read farther meanwhile; what this batch committed was then among it.
    if (holds.holdVersion !== holdVersion || ids.size === 0) return;
    for (const id of ids) {
      const { reservation, hold, replaces } = this.taken.get(id)!;
      if (replaces !== null) holds.remove(replaces);
      holds.add(reservation, hold);
    }
    holds.holdVersion = holdVersion + 1;
    // All of it: the next check starts from the margin that is at hand.
    if (ids.size === this.taken.size) holds.is(this.hold);
  }

  private holdOf(id: string): Hold | undefined {
    return this.taken.get(id)?.hold ?? this.opened.holds.holdOf(id);
  }

  private orders(without: string | null): WorkingOrder[] {
    const taken = [...this.taken.values()].map(({ reservation }) => reservation);
    return [...this.opened.holds.all(), ...taken]
      .filter(({ id }) => id !== without && !this.gone.has(id))
      .flatMap(({ orders }) => orders);
  }
}

/** The margin with what is held, kept from one batch to the next. */
const MARGINS = new WeakMap<Hold, { readonly beside: HoldContext; readonly margin: AccountMargin }>();

function marginOf(beside: HoldContext, hold: Hold): AccountMargin {
  const known = MARGINS.get(hold);
  if (known?.beside === beside) return known.margin;
  const margin = marginWithHold(beside.before, hold, beside.context);
  if (isGaps(margin)) throw marginGapProblem(margin);
  MARGINS.set(hold, { beside, margin });
  return margin;
}
