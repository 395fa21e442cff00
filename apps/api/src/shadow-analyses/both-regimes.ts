import { accountMargin, type AccountMargin, isGaps, type MarginContext } from '@app/margin';
import { byClassGroup, distinctGaps, type Market, type Underlying, underlyingOf } from '@app/market';
import { netPositions, type Portfolio, type Position } from '@app/portfolio';
import { isRegTGaps, type RegTContext, type RegTGaps, type RegTMargin, regTMargin, regTMarginAfter } from '@app/reg-t';
import { Decimal } from 'decimal.js';
import type { AnswerGap } from '../what-if/gap-problem.js';
import type { Turns } from '../turns.js';

/** Both regimes on one market, with everything each is made with. */
export interface BothContexts {
  readonly portfolioMargin: MarginContext;
  readonly regT: RegTContext;
}

export interface BothRegimes {
  readonly portfolioMargin: AccountMargin;
  readonly regT: RegTMargin;
}

export interface PricedPositions {
  readonly priced: readonly Position[];
  readonly gaps: readonly AnswerGap[];
}

const ZERO = new Decimal(0);

/**
 * Which positions both regimes can take, each judged by itself. The risk arrays computed on the way, most of the work,
 * are kept by the valuation for the whole book's margin.
 */
export async function pricedPositions(
  positions: readonly Position[],
  contexts: BothContexts,
  turns: Turns,
): Promise<PricedPositions> {
  const priced: Position[] = [];
  const gaps: AnswerGap[] = [];
  for (const position of netPositions(positions)) {
    const alone = { cash: ZERO, positions: [position] };
    const missing = gapsOf(accountMargin(alone, contexts.portfolioMargin), regTMargin(alone, contexts.regT));
    if (missing.length > 0) gaps.push(...missing);
    else priced.push(position);
    await turns.pause();
  }
  return { priced, gaps };
}

/** A book under both regimes, or what is missing under either. */
export async function bothRegimes(
  portfolio: Portfolio,
  contexts: BothContexts,
  turns: Turns,
): Promise<BothRegimes | readonly AnswerGap[]> {
  const portfolioMargin = accountMargin(portfolio, contexts.portfolioMargin);
  const regT = await regTByGroup(portfolio, contexts.regT, turns);
  return isGaps(portfolioMargin) || isRegTGaps(regT) ? gapsOf(portfolioMargin, regT) : { portfolioMargin, regT };
}

/** One class group after the other, since a pairing may take its time; together they are the margin of the whole. */
async function regTByGroup(
  { cash, positions }: Portfolio,
  context: RegTContext,
  turns: Turns,
): Promise<RegTMargin | RegTGaps> {
  let margin = regTMargin({ cash, positions: [] }, context);
  for (const members of byClassGroup(withUnderlying(positions, context.market)).values()) {
    if (isRegTGaps(margin)) return margin;
    margin = regTMarginAfter(margin, members, ZERO, context);
    await turns.pause();
  }
  return margin;
}

/** Only positions that were priced come here, so the market has what each of them is and what it is written on. */
function withUnderlying(positions: readonly Position[], market: Market): (Position & { underlying: Underlying })[] {
  return positions.map((position) => ({
    ...position,
    underlying: underlyingOf(market.instrument(position.symbol)!, market)!,
  }));
}

function gapsOf(...results: readonly (object | readonly AnswerGap[])[]): readonly AnswerGap[] {
  return distinctGaps(results.flatMap((result) => (Array.isArray(result) ? (result as readonly AnswerGap[]) : [])));
}
