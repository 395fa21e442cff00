import {
  type AccountMargin,
  type Gaps,
  type Hold,
  holdMinus,
  holdPlus,
  isGaps,
  linkedHold,
  type MarginContext,
  NOTHING_HELD_BACK,
  orderHold,
} from '@app/margin';
import { distinctGaps } from '@app/market';
import { isLinked, type Order, type WorkingOrder } from '@app/portfolio';
import type { ReservationChanges } from '@app/store';

/** A reservation that counts: what of its orders may still execute. */
export interface WorkingReservation {
  readonly id: string;
  readonly orders: readonly WorkingOrder[];
  /** Cents, as the limits count it. */
  readonly heldCents: number;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
}

/** What holds are worked out beside: one object for one state of an account. */
export interface HoldContext {
  /** Of the positions alone. */
  readonly before: AccountMargin;
  readonly context: MarginContext;
}

/** What orders hold together under a context. */
export interface KnownSum {
  readonly context: HoldContext;
  readonly sum: Hold;
}

/** Prices that are read when asked for. */
interface Prices {
  load(symbols: readonly string[]): Promise<void>;
}

/**
 * The working reservations of one account as of a hold version, and what they hold together. It follows the changes of
 * the account, so that a change costs what it changes and not what there is.
 */
export class AccountHolds {
  /** What is known; the account may be further. */
  holdVersion = 0;
  private readonly working = new Map<string, WorkingReservation>();
  /** Undefined: what they hold has to be added up anew. */
  private context: HoldContext | undefined;
  /** What they hold together under `context`. What each holds is worked out again when it goes: it has the same bits. */
  private sum: Hold = NOTHING_HELD_BACK;
  private gaps: Gaps = [];
  /** None runs out before. */
  private soonest = Infinity;
  private loadedIn: Prices | undefined;
  private readonly unread = new Set<string>();

  find(id: string): WorkingReservation | undefined {
    return this.working.get(id);
  }

  /** Reads what their instruments cost, where that has not been read. */
  async load(prices: Prices): Promise<void> {
    const symbols = this.loadedIn === prices ? [...this.unread] : this.symbols();
    await prices.load(symbols);
    this.loadedIn = prices;
    symbols.forEach((symbol) => this.unread.delete(symbol));
  }

  /** Whether nothing of that is left to read. */
  isLoadedFrom(prices: Prices): boolean {
    return this.loadedIn === prices && this.unread.size === 0;
  }

  all(): IterableIterator<WorkingReservation> {
    return this.working.values();
  }

  /** Whether some have run out, by a clock that need not be the database's. */
  hasDue(now: number): boolean {
    if (now < this.soonest) return false;
    this.soonest = Infinity;
    for (const { validUntil } of this.working.values()) this.soonest = Math.min(this.soonest, validUntil);
    return this.soonest <= now;
  }

  follow({ holdVersion, changed }: ReservationChanges, working: (index: number) => WorkingReservation): void {
    changed.forEach(({ id, state }, index) => {
      this.remove(id);
      if (state === 'WORKING') this.add(working(index));
    });
    this.holdVersion = holdVersion;
  }

  add(reservation: WorkingReservation): void {
    this.remember(reservation);
    symbolsOfAll(reservation).forEach((symbol) => this.unread.add(symbol));
    if (this.context !== undefined) this.price(reservation, this.context);
  }

  remove(id: string): void {
    const reservation = this.working.get(id);
    if (reservation === undefined) return;
    this.working.delete(id);
    if (this.context === undefined) return;
    const held = reservationHold(reservation.orders, this.context);
    // Where some could not be priced nobody knows whether this one was among them.
    if (this.gaps.length > 0 || isGaps(held)) this.context = undefined;
    else this.sum = holdMinus(this.sum, held);
  }

  /**
   * Goes on to a hold version that somebody has worked out, whose prices are read: what was added, what of it all is gone,
   * the sum then. Null: it is added up when it is asked for.
   */
  advance(
    holdVersion: number,
    added: Iterable<WorkingReservation>,
    gone: Iterable<string>,
    known: KnownSum | null,
  ): void {
    for (const reservation of added) this.remember(reservation);
    for (const id of gone) this.working.delete(id);
    this.holdVersion = holdVersion;
    if (known !== null && this.context === known.context) this.sum = known.sum;
    else this.context = undefined;
  }

  /** All of them together; what cannot be priced in `context` is a gap. */
  total(context: HoldContext): Hold | Gaps {
    this.priceIn(context);
    return this.gaps.length > 0 ? this.gaps : this.sum;
  }

  /** Without those that have run out. */
  totalAt(context: HoldContext, now: number): Hold | Gaps {
    const total = this.total(context);
    if (isGaps(total) || now < this.soonest) return total;
    const due = [...this.working.values()].filter(({ validUntil }) => validUntil <= now);
    return due.reduce((sum, { orders }) => holdMinus(sum, reservationHold(orders, context) as Hold), total);
  }

  private symbols(): string[] {
    return [...this.working.values()].flatMap(symbolsOfAll);
  }

  private priceIn(context: HoldContext): void {
    if (this.context === context) return;
    this.context = context;
    this.sum = NOTHING_HELD_BACK;
    this.gaps = [];
    for (const reservation of this.working.values()) this.price(reservation, context);
  }

  private price({ orders }: WorkingReservation, context: HoldContext): void {
    const held = reservationHold(orders, context);
    if (isGaps(held)) this.gaps = distinctGaps([...this.gaps, ...held]);
    else this.sum = holdPlus(this.sum, held);
  }

  private remember(reservation: WorkingReservation): void {
    this.working.set(reservation.id, reservation);
    this.soonest = Math.min(this.soonest, reservation.validUntil);
  }
}

export function symbolsOf({ legs }: Order): string[] {
  return legs.map(({ symbol }) => symbol);
}

function symbolsOfAll({ orders }: WorkingReservation): string[] {
  return orders.flatMap(({ order }) => symbolsOf(order));
}

/** What orders hold together until they execute. */
export function reservationHold(orders: readonly WorkingOrder[], { before, context }: HoldContext): Hold | Gaps {
  if (orders.some(isLinked)) return linkedHold(orders, before, context);
  const holds = orders.map(({ order }) => orderHold(order, before, context));
  const gaps = holds.filter(isGaps).flat();
  return gaps.length > 0 ? distinctGaps(gaps) : (holds as Hold[]).reduce(holdPlus);
}
