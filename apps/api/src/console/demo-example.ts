import type { Include } from '../what-if/asked-parts.js';
import type { Contingency } from '../what-if/order-link.dto.js';

/** A question that runs as printed on the demo. */
export interface DemoExample {
  /** Unique; lower-case words with hyphens. */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** What to look at in the answer. */
  readonly description: string;
  /** `POST /v1/accounts/{accountId}/what-if`; null is the stateless `POST /v1/what-if`. */
  readonly accountId: string | null;
  readonly request: ExampleRequest;
  readonly expected: ExpectedAnswer;
}

interface ExampleRequest {
  readonly orders: readonly ExampleOrder[];
  readonly include?: readonly Include[];
  readonly [field: string]: unknown;
}

/** A question to the gate that runs as printed, once: an order id is used up by the order that is let through. */
export interface ReservationExample {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly accountId: string;
  readonly request: {
    readonly orders: readonly ExampleOrder[];
    readonly links?: readonly ExampleLink[];
    readonly validSeconds?: number;
    readonly include?: readonly 'worstFill'[];
  };
  readonly expected: { readonly status: 200 | 201; readonly decision: 'ACCEPT' | 'REJECT'; readonly held: string };
}

interface ExampleLink {
  readonly listId: string;
  readonly contingencyType: Contingency;
  readonly clOrdIds: readonly string[];
}

/** As the order of a request; a price of several legs is the net price of one unit, + paid, − received. */
interface ExampleOrder {
  readonly clOrdId: string;
  readonly orderQty: string;
  readonly price?: string;
  readonly legs: readonly { readonly symbol: string; readonly side: ExampleSide; readonly ratioQty: string }[];
}

type ExampleSide = 'BUY' | 'SELL' | 'SELL_SHORT';

type ExpectedAnswer =
  | { readonly status: 200; readonly decision: 'ACCEPT' | 'REJECT'; readonly riskReducing: boolean }
  /** `errors`: the code and the place of every item. */
  | {
      readonly status: 422;
      readonly code: string;
      readonly errors: readonly (readonly [code: string, pointer: string])[];
    };

type ExampleLeg = readonly [side: ExampleSide, ratioQty: string, symbol: string];

/** A limit order; `price` as in ExampleOrder. */
export function order(clOrdId: string, orderQty: string, price: string, ...legs: readonly ExampleLeg[]): ExampleOrder {
  return { clOrdId, orderQty, price, legs: legs.map(([side, ratioQty, symbol]) => ({ symbol, side, ratioQty })) };
}
