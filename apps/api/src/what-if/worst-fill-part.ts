import { isGaps, worstFill } from '@app/margin';
import type { Portfolio, WorkingOrder } from '@app/portfolio';
import { isRegTGaps, regTWorstFill } from '@app/reg-t';
import type { Methodology } from './asked-parts.js';
import { gapProblem } from './gap-problem.js';
import type { Bases } from './regimes.js';
import type { WhatIfRequestDto } from './what-if.dto.js';
import type { WorstFillDto } from './worst-fill.dto.js';
import { regTWorstFillReply, worstFillReply } from './worst-fill-reply.js';

/** What orders can come to under the account's own regime, beside its positions. @throws Problem 422 naming every gap. */
export function worstFillPart(
  methodology: Methodology,
  portfolio: Portfolio,
  { portfolioMargin, regT }: Bases,
  orders: readonly WorkingOrder[],
  request: Pick<WhatIfRequestDto, 'orders'>,
): WorstFillDto {
  if (methodology === 'REG_T') {
    const { before, context } = regT!;
    const found = isRegTGaps(before!) ? before : regTWorstFill(portfolio, before!, orders, context);
    if (isRegTGaps(found)) throw gapProblem(found, request);
    return regTWorstFillReply(found);
  }
  const { before, context } = portfolioMargin!;
  const found = isGaps(before!) ? before : worstFill(before!, orders, context);
  if (isGaps(found)) throw gapProblem(found, request);
  return worstFillReply(found);
}
