import { adviceParts } from './advice-parts.js';
import { tradedSymbols } from './alternatives.js';
import type { PairingSolver } from './reg-t-context.js';
import { needsRegT, partsOf, shadowJudged, shadowQuestion, shadowReply } from './shadow-answer.js';
import type { Bases, Judged } from './regimes.js';
import type { Valuations } from './valuations.js';
import type { ShadowWhatIfRequestDto } from './what-if.dto.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';
import { worstFillPart } from './worst-fill-part.js';

/** Questions about portfolios that are not stored. */
export class ShadowWhatIfs {
  constructor(
    private readonly valuations: Valuations,
    private readonly solver: PairingSolver,
  ) {}

  /** @throws Problem 400, 404 (no such snapshot) or 422, naming everything that is wrong or missing. */
  async answer(request: ShadowWhatIfRequestDto): Promise<Omit<WhatIfReplyDto, 'id'>> {
    const question = shadowQuestion(request);
    const { orders, alternatives, portfolio, prices } = question;
    const symbols = [...portfolio.positions.map(({ symbol }) => symbol), ...tradedSymbols(orders, alternatives)];
    const priced = await this.valuations.priced({ prices, snapshotId: request.snapshotId }, symbols);
    const solver = needsRegT(request) ? await this.solver.load() : null;
    const sets = shadowJudged(request, question, priced, solver);
    const { main } = sets;
    const include = partsOf(request);
    const isWhole = main.leftOut === undefined;
    return {
      ...shadowReply(request, question, sets, priced.market),
      ...(isWhole &&
        include.includes('worstFill') && {
          worstFill: worstFillPart(
            request.account.methodology,
            portfolio,
            besidePositions(main),
            question.linked,
            request,
          ),
        }),
      ...(isWhole && (await adviceParts(portfolio, orders, main, include))),
    };
  }
}

/** Of a portfolio beside which nothing works. */
function besidePositions({ portfolioMargin, regT }: Judged): Bases {
  return {
    portfolioMargin: portfolioMargin && { context: portfolioMargin.context, before: portfolioMargin.result.before },
    regT: regT && { context: regT.context, before: regT.result.before },
  };
}
