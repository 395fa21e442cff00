import { type AccountMargin, type Gaps, isGaps, type MarginContext, whatIf, type WhatIf } from '@app/margin';
import type { Order, Portfolio } from '@app/portfolio';
import { Decimal } from 'decimal.js';

/** An order without its quantity: what one unit of it is. */
export type OrderUnit = Omit<Order, 'orderQty'>;

/** What so many units of an order do; null where the amounts are too large to be exact, which passes nowhere. */
export type Multiples = (units: number) => WhatIf | null;

/** The question every search here asks: the engine's own answer to so many units, each asked once. */
export function multiples(
  portfolio: Portfolio,
  unit: OrderUnit,
  context: MarginContext,
  before: AccountMargin,
): Multiples | Gaps {
  const answer = (units: number): WhatIf | Gaps =>
    whatIf(portfolio, [{ ...unit, orderQty: new Decimal(units) }], context, before);
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
