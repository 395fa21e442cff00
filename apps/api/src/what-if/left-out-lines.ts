import { centsText } from '@app/portfolio';
import type { LeftOut } from './partial-question.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';

/** What an incomplete answer leaves out. */
export function leftOutLines({
  unpriced,
  orders,
  charge,
  isBounded,
}: LeftOut): Required<Pick<WhatIfReplyDto, 'unpriced' | 'unfilled' | 'unpricedCharge' | 'bounded'>> {
  return {
    bounded: isBounded,
    unpricedCharge: centsText(charge),
    unpriced: unpriced.map(({ position: { symbol, quantity }, gaps, worstCase }) => ({
      symbol,
      quantity: quantity.toFixed(),
      gaps: gaps.map((gap) => ({ code: gap.code, detail: gap.detail, symbol: gap.symbol })),
      worstCase: worstCase === null ? null : centsText(worstCase),
    })),
    unfilled: orders,
  };
}
