import type { Reason } from '@app/margin';
import type { Order, Portfolio } from '@app/portfolio';
import type { JudgedSets } from './alternatives.js';
import { type AnswerGap, isAnswerGaps } from './gap-problem.js';
import { partialQuestion } from './partial-question.js';
import { type Bases, type Judged, judged } from './regimes.js';

const INCOMPLETE: Reason = {
  code: 'answer.incomplete',
  detail: 'Something held or ordered has no price: the numbers leave it out, and nothing is accepted on them.',
  shortfall: null,
};

/**
 * What can be said where prices are missing and the caller takes that: never an ACCEPT. Undefined where more is missing
 * than prices of single positions. Of portfolio margin alone.
 */
export function partlyJudged(
  portfolio: Portfolio,
  orders: readonly Order[],
  { portfolioMargin, regT }: Bases,
): JudgedSets | readonly AnswerGap[] | undefined {
  if (portfolioMargin === null || regT !== null) return undefined;
  const { context, hold } = portfolioMargin;
  const part = partialQuestion(portfolio, orders, context);
  if (part === undefined) return undefined;
  const bases = { portfolioMargin: { context, ...(hold !== undefined && { hold }) }, regT: null };
  const answer = judged('PORTFOLIO_MARGIN', part.portfolio, part.orders, bases);
  if (isAnswerGaps(answer)) return answer;
  const refusals = answer.reasons.filter(({ code }) => !code.startsWith('risk_reducing.'));
  const main: Judged = {
    ...answer,
    ...{ decision: 'REJECT', reasons: [INCOMPLETE, ...refusals], riskReducing: false },
    leftOut: part.leftOut,
  };
  return { main, others: [] };
}
