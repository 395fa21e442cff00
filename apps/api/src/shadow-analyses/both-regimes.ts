import { accountMargin, type AccountMargin, type Gaps, isGaps, type MarginContext } from '@app/margin';
import { netPositions, type Portfolio, type Position } from '@app/portfolio';
import { isRegTGaps, type RegTContext, type RegTMargin, regTMargin } from '@app/reg-t';
import { Decimal } from 'decimal.js';
import { type AnswerGap, distinctAnswerGaps, isAnswerGaps } from '../what-if/gap-problem.js';

/** Both regimes on one market, with everything both are made with. */
export interface BothContexts {
  readonly portfolioMargin: MarginContext;
  readonly regT: RegTContext;
}

export interface BothRegimes {
  readonly portfolioMargin: AccountMargin;
  readonly regT: RegTMargin;
}

/** Other requests wait this long at most, and for the position in hand. */
const PAUSE_AFTER_MS = 10;

const NO_CASH = new Decimal(0);

export interface PricedPositions {
  readonly priced: readonly Position[];
  readonly gaps: readonly AnswerGap[];
}

/**
 * Which positions both regimes can take, each judged by itself. `pause` lets other requests through: the risk arrays
 * computed here, most of the work, are kept by the valuation for the whole book's margin.
 */
export async function pricedPositions(
  positions: readonly Position[],
  contexts: BothContexts,
  pause: () => Promise<unknown>,
  now: () => number,
): Promise<PricedPositions> {
  const priced: Position[] = [];
  const gaps: AnswerGap[] = [];
  let started = now();
  for (const position of netPositions(positions)) {
    const both = bothRegimes({ cash: NO_CASH, positions: [position] }, contexts);
    if (isAnswerGaps(both)) gaps.push(...both);
    else priced.push(position);
    if (now() - started < PAUSE_AFTER_MS) continue;
    await pause();
    started = now();
  }
  return { priced, gaps };
}

/** A book under both regimes, or what is missing under either. */
export function bothRegimes(portfolio: Portfolio, contexts: BothContexts): BothRegimes | readonly AnswerGap[] {
  const portfolioMargin: AccountMargin | Gaps = accountMargin(portfolio, contexts.portfolioMargin);
  const regT = regTMargin(portfolio, contexts.regT);
  if (isGaps(portfolioMargin) || isRegTGaps(regT)) {
    return distinctAnswerGaps([...(isGaps(portfolioMargin) ? portfolioMargin : []), ...(isRegTGaps(regT) ? regT : [])]);
  }
  return { portfolioMargin, regT };
}
