import { type Gaps, isGaps, type WhatIf } from '@app/margin';
import type { Order } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { type SearchedAccount, tried } from './searched-account.js';

/** An order without its quantity: what one unit of it is. */
export type OrderUnit = Omit<Order, 'orderQty'>;

/** What so many units of an order do; null where the amounts are too large to be exact, which passes nowhere. */
export type Multiples = (units: number) => WhatIf | null;

/** The engine's own answer to so many units, each asked once. */
export function multiples(unit: OrderUnit, account: SearchedAccount): Multiples | Gaps {
  const answer = (units: number): WhatIf | Gaps => tried([{ ...unit, orderQty: new Decimal(units) }], account);
  const first = answer(1);
  if (isGaps(first)) return first;
  const known = new Map<number, WhatIf | null>();
  return (units) => {
    const answered = known.get(units);
    if (answered !== undefined) return answered;
    const computed = answer(units);
    const result = isGaps(computed) ? null : computed;
    known.set(units, result);
    return result;
  };
}

export function passes(answer: WhatIf | null): boolean {
  return answer?.decision === 'ACCEPT';
}
