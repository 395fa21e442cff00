import type { Execution, ReservationRepository, StoredReservation } from '@app/store';
import type { Caller } from '../auth/caller.js';
import { cursorText, pageLimit } from '../fields/page-fields.js';
import { conflict, notFound, preconditionFailed } from '../problems.js';
import { mayRead, type StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type { AccountOpening } from './account-opening.js';
import { type Booking, execution } from './execution.js';
import type {
  FillDto,
  FillRequestDto,
  ReservationDto,
  ReservationListDto,
  ReservationListQueryDto,
} from './reservation.dto.js';
import { pageCursor, pagePlace } from './reservation-page.js';
import { notWorking, tooLarge } from './reservation-problems.js';
import { reservationReply } from './reservation-reply.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What becomes of reservations after the gate made them. */
export class Reservations {
  constructor(
    private readonly reservations: ReservationRepository,
    private readonly whatIfs: StoredWhatIfs,
    private readonly opening: AccountOpening,
  ) {}

  /** @throws Problem 404 for an unknown or foreign one. */
  async find(id: string, caller: Caller): Promise<StoredReservation> {
    const found = UUID.test(id) ? await this.reservations.find(id) : undefined;
    if (found === undefined || !mayRead(caller, found.desk)) throw notFound();
    return found;
  }

  /** @throws Problem 404 for an unknown or foreign account. */
  async list(accountId: string, query: ReservationListQueryDto, caller: Caller): Promise<ReservationListDto> {
    await this.whatIfs.standing(accountId, caller);
    const limit = pageLimit(query.limit);
    const after = query.cursor === undefined ? undefined : pagePlace(cursorText(query.cursor));
    const found = await this.reservations.list({ accountId, state: query.state, after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const nextCursor = found.length > limit ? pageCursor(items[limit - 1]) : null;
    return { items: items.map(reservationReply), nextCursor };
  }

  /** @throws Problem 404, 409 where it is not working any more, 412 where it is at another version. */
  async end(
    id: string,
    state: 'CANCELLED' | 'EXPIRED',
    version: number | undefined,
    caller: Caller,
  ): Promise<ReservationDto> {
    const found = await this.find(id, caller);
    const ended = await this.reservations.end(found.id, state, version);
    this.opening.forget(found.accountId);
    switch (ended.outcome) {
      case 'ENDED':
        return reservationReply(ended.reservation);
      case 'ENDED_BEFORE':
        throw notWorking();
      case 'CHANGED':
        throw preconditionFailed();
      case 'UNKNOWN':
        throw notFound();
    }
  }

  /**
   * Books an execution: once, however often it is told.
   * @throws Problem 404; 400 for an order the reservation does not have; 409 where the id stands for another execution
   * or more executed than is left; 422 where its amounts cannot be known.
   */
  async fill(id: string, request: FillRequestDto, caller: Caller): Promise<FillDto> {
    const found = await this.find(id, caller);
    const base = await this.whatIfs.baseOf(await this.whatIfs.standing(found.accountId, caller));
    const booking: Booking = { reservation: found, request, base };
    const booked: Execution = await execution(booking);
    const filled = await this.reservations.fill(booked);
    this.opening.forget(found.accountId);
    switch (filled.outcome) {
      case 'FILLED':
      case 'REPEATED':
        return {
          ...{ execId: booked.execId, clOrdId: booked.clOrdId },
          ...{ lastQty: booked.lastQty.toFixed(), lastPx: booked.lastPx.toFixed() },
          late: filled.isLate,
          reservation: reservationReply(filled.reservation),
        };
      case 'DIFFERENT':
        throw conflict('fill.different', 'Another execution was booked under this execId.');
      case 'OVERFILLED':
        throw conflict('fill.exceeds_leaves', 'More executed than is left of the order.');
      case 'TOO_LARGE':
        throw tooLarge();
      case 'UNKNOWN':
        throw notFound();
    }
  }
}
