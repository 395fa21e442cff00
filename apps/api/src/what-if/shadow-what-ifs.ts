import type { PairingSolver } from './reg-t-context.js';
import { needsRegT, shadowAnswer, shadowQuestion } from './shadow-answer.js';
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
    const { orders, portfolio, prices } = question;
    const symbols = [...portfolio.positions, ...orders.flatMap(({ legs }) => legs)].map(({ symbol }) => symbol);
    const priced = await this.valuations.priced({ prices, snapshotId: request.snapshotId }, symbols);
    return shadowAnswer(request, question, priced, needsRegT(request) ? await this.solver.load() : null);
  }
}
