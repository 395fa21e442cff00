import { type Valuation, valuation } from '@app/margin';
import { givenMarket, type GivenPrices } from '@app/market';
import type { SnapshotRepository } from '@app/store';
import { badRequest, notFound } from '../problems.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { pricesFromDto } from '../what-if/inline-market.js';
import { type MarketClock, noSnapshot, refuseStaleSnapshot } from '../what-if/market-clock.js';
import type { Valuations } from '../what-if/valuations.js';
import { askedGrid } from './asked-grid.js';
import { judgeWork } from './asked-work.js';
import { computedArrays } from './computed-arrays.js';
import type { RiskArraysReplyDto, RiskArraysRequestDto } from './risk-arrays.dto.js';
import { riskArraysReply } from './risk-arrays-reply.js';

/** What instruments are worth as the market moves, one unit each. */
export class RiskArrays {
  constructor(
    private readonly snapshots: SnapshotRepository,
    private readonly valuations: Valuations,
    private readonly clock: MarketClock,
  ) {}

  /** @throws Problem 400, 404 (no such snapshot) or 422, naming everything that is wrong or missing. */
  async answer(request: RiskArraysRequestDto): Promise<RiskArraysReplyDto> {
    if (request.market !== undefined && request.snapshotId !== undefined) {
      const detail = 'Give market or snapshotId, not both.';
      throw badRequest('market.two_sources', detail, [{ pointer: '/snapshotId', code: 'market.two_sources', detail }]);
    }
    const faults = new FieldFaults();
    const symbols = request.symbols.map((symbol, index) => faults.symbol(`/symbols/${index}`, symbol));
    judgeWork(request, faults);
    const prices = request.market === undefined ? undefined : pricesFromDto(request.market, faults);
    faults.throwIfAny();
    const priced = await this.priced(prices, request.snapshotId, symbols);
    const { market } = priced;
    const arrays = await computedArrays(symbols, priced, askedGrid(request, market.valuationDate));
    return riskArraysReply(arrays, market);
  }

  private async priced(
    prices: GivenPrices | undefined,
    snapshotId: string | undefined,
    symbols: readonly string[],
  ): Promise<Valuation> {
    if (prices !== undefined) return valuation(givenMarket(prices));
    const stored = await this.valuations.find(snapshotId ?? (await this.latestSnapshotId()));
    if (stored === undefined) throw notFound('There is no market snapshot with this id.');
    await stored.market.load(symbols);
    return stored.valuation;
  }

  /** A snapshot asked for by id is history on purpose; the latest has to be recent. */
  private async latestSnapshotId(): Promise<string> {
    const latest = await this.snapshots.latest();
    if (latest === undefined) throw noSnapshot();
    refuseStaleSnapshot(latest.asOf, this.clock);
    return latest.id;
  }
}
