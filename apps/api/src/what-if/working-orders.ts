import type { AccountStanding, ReservationRepository, StoredReservation } from '@app/store';
import { remainingOrders } from '@app/portfolio';
import { LRUCache } from 'lru-cache';
import { AccountHolds, type WorkingReservation } from './account-holds.js';
import { reservedOrders } from './stored-orders.js';

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

/** What may still execute. */
function workingReservation(reservation: StoredReservation): WorkingReservation {
  const { id, leaves, heldCents, validUntil } = reservation;
  const orders = remainingOrders(reservedOrders(reservation), leaves);
  return { id, orders, heldCents, validUntil: validUntil.getTime() };
}
