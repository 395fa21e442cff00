import type { WorkingOrder } from '@app/portfolio';
import type { AccountHolds, KnownSum, WorkingReservation } from '../what-if/account-holds.js';
import type { OpenedAccount } from './account-opening.js';

/**
 * An account as a batch of checks goes over it, under either regime: each check is judged on what those before it would
 * hold. Nothing of that is known outside until it is committed, but to the batch that follows: it is judged on what this
 * one will leave, and committed only where it left just that: at that version, and brought there by it.
 */
export abstract class JudgedAccount {
  /** The account's when its checks are committed. */
  readonly holdVersion: number;
  /** The block that has to have brought it there; null: whichever did. */
  readonly behind: string | null;
  private readonly taken = new Map<string, WorkingReservation>();
  private readonly gone = new Set<string>();
  private state: 'JUDGED' | 'COMMITTED' | 'REFUSED' = 'JUDGED';

  constructor(
    readonly opened: OpenedAccount,
    /** The same account in a batch that is not committed yet. */
    private before: JudgedAccount | null,
    /** That its checks are committed as. */
    private readonly block: string,
  ) {
    this.holdVersion = before === null ? opened.holdVersion : before.nextVersion;
    this.behind = before === null ? null : before.nextBehind;
  }

  /** Whether another batch may go over what this one will leave: it is not known to have failed, nor changed beside it. */
  isFollowedOn({ base }: OpenedAccount): boolean {
    return base === this.opened.base && this.isSound;
  }

  /** Neither refused nor judged on what a batch before would have left that was. */
  get isSound(): boolean {
    return this.state !== 'REFUSED' && (this.before?.isSound ?? true);
  }

  find(id: string): WorkingReservation | undefined {
    if (this.gone.has(id)) return undefined;
    return this.taken.get(id) ?? (this.ahead ?? this.opened.holds).find(id);
  }

  /** What was taken is known from now on; or, where not all of it was committed, is to be read. */
  settle(isCommitted: boolean): void {
    this.state = isCommitted ? 'COMMITTED' : 'REFUSED';
    this.before = null;
    const { holds } = this.opened;
    // Somebody may have read farther meanwhile; what this batch committed was then among it.
    if (!isCommitted || this.taken.size === 0 || holds.holdVersion !== this.holdVersion) return;
    holds.advance(this.nextVersion, this.taken.values(), this.gone, this.sum());
    this.remember(holds);
  }

  /** Counts the reservation in what the batch judges next. */
  protected count(reservation: WorkingReservation, replaces: string | null): void {
    this.taken.set(reservation.id, reservation);
    if (replaces !== null) this.gone.add(replaces);
  }

  protected orders(without: string | null): WorkingOrder[] {
    return [...this.working()].filter(({ id }) => id !== without).flatMap(({ orders }) => orders);
  }

  /** What all of it holds together, where that is a sum. */
  protected abstract sum(): KnownSum | null;

  /** Keeps what was worked out about `holds`, which now are what was judged. */
  protected abstract remember(holds: AccountHolds): void;

  /** The account's once all is committed. */
  private get nextVersion(): number {
    return this.taken.size > 0 ? this.holdVersion + 1 : this.holdVersion;
  }

  private get nextBehind(): string | null {
    return this.taken.size > 0 ? this.block : this.behind;
  }

  /** The batch before, while what it took is not known outside. */
  private get ahead(): JudgedAccount | null {
    return this.before?.state === 'JUDGED' ? this.before : null;
  }

  private *working(): Iterable<WorkingReservation> {
    for (const each of this.ahead?.working() ?? this.opened.holds.all()) if (!this.gone.has(each.id)) yield each;
    for (const each of this.taken.values()) if (!this.gone.has(each.id)) yield each;
  }
}
