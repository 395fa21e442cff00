import { type AccountMargin, type Gaps, isGaps, type MarginContext, worstFill } from '@app/margin';
import type { WorkingOrder } from '@app/portfolio';
import type { Include } from './asked-parts.js';
import { gapProblem } from './gap-problem.js';
import type { WhatIfRequestDto } from './what-if.dto.js';
import type { WorstFillDto } from './worst-fill.dto.js';
import { worstFillReply } from './worst-fill-reply.js';

export interface WorstFillPart {
  readonly worstFill?: WorstFillDto;
}

/** The account without any orders. */
interface Beside {
  readonly before: AccountMargin | Gaps;
  readonly context: MarginContext;
}

/** What the orders of a question and those that work can come to, where it is asked for. @throws Problem 422. */
export function worstFillPart(
  include: readonly Include[],
  request: Pick<WhatIfRequestDto, 'orders'>,
  orders: readonly WorkingOrder[],
  { before, context }: Beside,
): WorstFillPart {
  if (!include.includes('worstFill')) return {};
  const found = isGaps(before) ? before : worstFill(before, orders, context);
  if (isGaps(found)) throw gapProblem(found, request);
  return { worstFill: worstFillReply(found) };
}
