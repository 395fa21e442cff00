import { adviceParts } from './advice-parts.js';
import { tradedSymbols } from './alternatives.js';
import type { PairingSolver } from './reg-t-context.js';
import { needsRegT, partsOf, shadowJudged, shadowQuestion, shadowReply } from './shadow-answer.js';
import type { Valuations } from './valuations.js';
import type { ShadowWhatIfRequestDto } from './what-if.dto.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';

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
    return {
      ...shadowReply(request, question, sets, priced.market),
      ...(sets.main.leftOut === undefined && (await adviceParts(portfolio, orders, sets.main, partsOf(request)))),
    };
  }
}
