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
  /** What each holds under `context`. */
  private readonly holds = new Map<string, Hold>();
  private context: HoldContext | undefined;
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

  /** `hold`: what it holds under the context of the last `total`, where that is known already. */
  add(reservation: WorkingReservation, hold?: Hold): void {
    this.working.set(reservation.id, reservation);
    this.soonest = Math.min(this.soonest, reservation.validUntil);
    if (hold === undefined) symbolsOfAll(reservation).forEach((symbol) => this.unread.add(symbol));
    if (this.context === undefined) return;
    const held = hold ?? reservationHold(reservation.orders, this.context);
    if (isGaps(held)) this.gaps = distinctGaps([...this.gaps, ...held]);
    else {
      this.holds.set(reservation.id, held);
      this.sum = holdPlus(this.sum, held);
    }
  }

  remove(id: string): void {
    if (!this.working.delete(id)) return;
    const held = this.holds.get(id);
    if (held === undefined)
      this.context = undefined; // it was one of those with gaps
    else this.sum = holdMinus(this.sum, held);
    this.holds.delete(id);
  }

  /** What one of them holds under the context of the last `total`. */
  holdOf(id: string): Hold | undefined {
    return this.holds.get(id);
  }

  /** All of them together; what cannot be priced in `context` is a gap. */
  total(context: HoldContext): Hold | Gaps {
    this.priceIn(context);
    return this.gaps.length > 0 ? this.gaps : this.sum;
  }

  /** The same sum by another object, whose margin is known. */
  is(sum: Hold): void {
    this.sum = sum;
  }

  /** Without those that have run out. */
  totalAt(context: HoldContext, now: number): Hold | Gaps {
    const total = this.total(context);
    if (isGaps(total) || now < this.soonest) return total;
    const due = [...this.working.values()].filter(({ validUntil }) => validUntil <= now);
    return due.reduce((sum, { id }) => holdMinus(sum, this.holds.get(id)!), total);
  }

  private symbols(): string[] {
    return [...this.working.values()].flatMap(symbolsOfAll);
  }

  private priceIn(context: HoldContext): void {
    if (this.context === context) return;
    this.context = context;
    this.sum = NOTHING_HELD_BACK;
    this.gaps = [];
    this.holds.clear();
    for (const reservation of this.working.values()) this.add(reservation);
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
