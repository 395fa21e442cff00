import type { SnapshotRepository } from '@app/store';
import { notFound } from '../problems.js';
import { type MarketClock, noSnapshot, refuseStaleSnapshot } from './market-clock.js';
import { inlineAnswer, shadowAnswer, shadowQuestion } from './shadow-answer.js';
import type { SnapshotValuation, Valuations } from './valuations.js';
import type { ShadowWhatIfRequestDto } from './what-if.dto.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';

/** Questions about portfolios that are not stored. */
export class ShadowWhatIfs {
  constructor(
    private readonly snapshots: SnapshotRepository,
    private readonly valuations: Valuations,
    private readonly clock: MarketClock,
  ) {}

  /** @throws Problem 400, 404 (no such snapshot) or 422, naming everything that is wrong or missing. */
  async answer(request: ShadowWhatIfRequestDto): Promise<Omit<WhatIfReplyDto, 'id'>> {
    if (request.market !== undefined) return inlineAnswer(request);
    const question = shadowQuestion(request);
    const { market, valuation } = await this.stored(request.snapshotId);
    const { orders, portfolio } = question;
    await market.load([...portfolio.positions, ...orders.flatMap(({ legs }) => legs)].map(({ symbol }) => symbol));
    return shadowAnswer(request, question, valuation);
  }

  /** A snapshot asked for by id is history on purpose; the latest has to be recent. */
  private async stored(snapshotId: string | undefined): Promise<SnapshotValuation> {
    if (snapshotId !== undefined) {
      const found = await this.valuations.find(snapshotId);
      if (found === undefined) throw notFound('There is no market snapshot with this id.');
      return found;
    }
    const latest = await this.snapshots.latest();
    if (latest === undefined) throw noSnapshot();
    refuseStaleSnapshot(latest.asOf, this.clock);
    const found = await this.valuations.find(latest.id);
    if (found === undefined) throw noSnapshot();
    return found;
  }
}
