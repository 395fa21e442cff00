import { cursorOf } from '../fields/page-fields.js';

/** Where a page of reservations begins: after this one. */
export interface ReservationPlace {
  readonly createdAt: Date;
  readonly id: string;
}

const PLACE = /^(\d{1,15}) ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
const LATEST = 8.64e15;

/** The place a cursor's text stands for; undefined for any other text. */
export function pagePlace(text: string): ReservationPlace | undefined {
  const [, milliseconds, id] = PLACE.exec(text) ?? [];
  if (id === undefined || Number(milliseconds) > LATEST) return undefined;
  return { createdAt: new Date(Number(milliseconds)), id };
}

export function pageCursor({ createdAt, id }: ReservationPlace): string {
  return cursorOf(`${createdAt.getTime()} ${id}`);
}
