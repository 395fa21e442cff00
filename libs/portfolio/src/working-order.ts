import type { Order } from './order.js';

/** An order that may still fill: whole, in part or not at all. */
export interface WorkingOrder {
  readonly order: Order;
  /** Fills only once that order has (the exits of a bracket): its clOrdId. Null: from the start. */
  readonly after: string | null;
  /** Of the orders with one name here one fills at most (one cancels the other). Null: stands for itself. */
  readonly oneOf: string | null;
}

export function standingAlone(order: Order): WorkingOrder {
  return { order, after: null, oneOf: null };
}

export function isLinked({ after, oneOf }: WorkingOrder): boolean {
  return after !== null || oneOf !== null;
}
