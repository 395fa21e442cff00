import type { Order, WorkingOrder } from '@app/portfolio';
import type { Caller } from '../auth/caller.js';
import type { ReservationRequestDto } from './reservation.dto.js';

/** One question to the gate. */
export interface Ask {
  readonly accountId: string;
  readonly caller: Caller;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  /** Of what was asked; empty without a key. */
  readonly fingerprint: string;
  readonly request: ReservationRequestDto;
  readonly orders: readonly Order[];
  /** The same, each with its links. */
  readonly linked: readonly WorkingOrder[];
  /** The reservation these orders take the place of. */
  readonly replaces: string | null;
}
