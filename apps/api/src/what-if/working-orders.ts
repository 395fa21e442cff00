import type { Order, Side } from '@app/portfolio';
import type { AccountStanding, ReservationRepository, StoredReservation } from '@app/store';
import { Decimal } from 'decimal.js';
import { LRUCache } from 'lru-cache';
import { AccountHolds, type WorkingReservation } from './account-holds.js';

/** Accounts whose reservations are kept at hand. */
const ACCOUNTS_AT_MOST = 5_000;

/** The working reservations of accounts: read once whole, then by what has changed since. */
export class WorkingOrders {
  private readonly known = new LRUCache<string, AccountHolds>({ max: ACCOUNTS_AT_MOST });
  private readonly reading = new Map<string, Promise<AccountHolds>>();

  constructor(private readonly reservations: ReservationRepository) {}

  /** As they were last known. */
  atHand(id: string): AccountHolds | undefined {
    return this.known.get(id);
  }

  /** As of the hold version of `standing` or a later one. */
  async of({ id, holdVersion }: Pick<AccountStanding, 'id' | 'holdVersion'>): Promise<AccountHolds> {
    for (;;) {
      const holds = this.known.get(id) ?? this.remembered(id);
      if (holds.holdVersion >= holdVersion) return holds;
      await this.refreshed(id, holds);
    }
  }

  /** Ends what has run out, by the database's clock, and reads that. */
  async expire(id: string, holds: AccountHolds): Promise<void> {
    await this.reservations.expire(id);
    await this.refreshed(id, holds);
  }

  private remembered(id: string): AccountHolds {
    const holds = new AccountHolds();
    this.known.set(id, holds);
    return holds;
  }

  /** One read an account at a time: two would each apply what has changed since the same version. */
  private refreshed(id: string, holds: AccountHolds): Promise<AccountHolds> {
    const reading = this.reading.get(id) ?? this.read(id, holds).finally(() => this.reading.delete(id));
    this.reading.set(id, reading);
    return reading;
  }

  private async read(id: string, holds: AccountHolds): Promise<AccountHolds> {
    const changes = await this.reservations.changesSince(id, holds.holdVersion);
    if (changes === undefined) throw new Error('an account whose reservations are known is gone');
    // A commit of this process may have gone further meanwhile.
    if (changes.holdVersion >= holds.holdVersion) {
      holds.follow(changes, (index) => workingReservation(changes.changed[index]));
    }
    return holds;
  }
}

interface StoredOrder {
  readonly clOrdId: string;
  readonly orderQty: string;
  readonly price: string | null;
  readonly legs: readonly { readonly symbol: string; readonly side: Side; readonly ratioQty: string }[];
}

/** Orders as they are stored: exact decimals as text. */
export function ordersText(orders: readonly Order[]): string {
  const stored: StoredOrder[] = orders.map(({ clOrdId, orderQty, price, legs }) => ({
    clOrdId,
    orderQty: orderQty.toFixed(),
    price: price === null ? null : price.toFixed(),
    legs: legs.map(({ symbol, side, ratioQty }) => ({ symbol, side, ratioQty: ratioQty.toFixed() })),
  }));
  return JSON.stringify(stored);
}

/** The orders of a reservation as they were asked for. */
export function reservedOrders({ orders }: Pick<StoredReservation, 'orders'>): readonly Order[] {
  return ordersFromText(orders);
}

/** What `ordersText` wrote. */
export function ordersFromText(text: string): readonly Order[] {
  return (JSON.parse(text) as StoredOrder[]).map(({ clOrdId, orderQty, price, legs }) => ({
    clOrdId,
    orderQty: new Decimal(orderQty),
    price: price === null ? null : new Decimal(price),
    legs: legs.map(({ symbol, side, ratioQty }) => ({ symbol, side, ratioQty: new Decimal(ratioQty) })),
  }));
}

/** What may still execute. */
function workingReservation(reservation: StoredReservation): WorkingReservation {
  const { id, leaves, heldCents, validUntil } = reservation;
  const orders = reservedOrders(reservation)
    .map((order, place) => ({ ...order, orderQty: leaves[place] }))
    .filter(({ orderQty }) => !orderQty.isZero());
  return { id, orders, heldCents, validUntil: validUntil.getTime() };
}
