import { type MarginContext, valuation, whatIf } from '@app/margin';
import { givenMarket } from '@app/market';
import type { Order, Portfolio } from '@app/portfolio';
import type { ProgramSolver } from '@app/reg-t';
import { needsRegT, shadowJudged, shadowQuestion, shadowReply } from '../../apps/api/src/what-if/shadow-answer.js';
import type { Judged } from '../../apps/api/src/what-if/regimes.js';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';
import type { WhatIfReplyDto } from '../../apps/api/src/what-if/what-if-reply.dto.js';
import { answered } from './sample-market.js';

/**
 * The answer to a question that brings its own market, without HTTP; `solver` only where it asks for Reg T.
 * @throws Problem as the call answers.
 */
export function inlineAnswer(
  request: ShadowWhatIfRequestDto,
  solver: ProgramSolver | null = null,
): Omit<WhatIfReplyDto, 'id'> {
  const question = shadowQuestion(request);
  if (question.prices === null) throw new Error('the request names no inline market');
  if (needsRegT(request) && solver === null) throw new Error('the request asks for Reg T: hand in a solver');
  const priced = valuation(givenMarket(question.prices));
  const sets = shadowJudged(request, question, priced, needsRegT(request) ? solver : null);
  return shadowReply(request, question, sets, priced.market);
}

/** A question judged by portfolio margin alone, as most are. */
export function portfolioJudged(portfolio: Portfolio, orders: readonly Order[], context: MarginContext): Judged {
  const result = answered(whatIf(portfolio, orders, context));
  return { ...result, methodology: 'PORTFOLIO_MARGIN', portfolioMargin: { context, result }, regT: null };
}

/** The parts an answer has: those that were not asked for are undefined, and no member of its JSON. */
export function partsOf(reply: object): object {
  return Object.fromEntries(Object.entries(reply).filter(([, part]) => part !== undefined));
}
