import { fieldSymbol } from '../fields/symbol.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { pricesFromDto } from '../what-if/inline-market.js';
import { refuseTwoSources, type Valuations } from '../what-if/valuations.js';
import { askedGrid } from './asked-grid.js';
import { judgeWork } from './asked-work.js';
import { computedArrays } from './computed-arrays.js';
import type { RiskArraysReplyDto, RiskArraysRequestDto } from './risk-arrays.dto.js';
import { riskArraysReply } from './risk-arrays-reply.js';

/** What instruments are worth as the market moves, one unit each. */
export class RiskArrays {
  constructor(private readonly valuations: Valuations) {}

  /** @throws Problem 400, 404 (no such snapshot) or 422, naming everything that is wrong or missing. */
  async answer(request: RiskArraysRequestDto): Promise<RiskArraysReplyDto> {
    refuseTwoSources(request);
    const faults = new FieldFaults();
    judgeWork(request, faults);
    const prices = request.market === undefined ? null : pricesFromDto(request.market, faults);
    faults.throwIfAny();
    const symbols = request.symbols.map(fieldSymbol);
    const priced = await this.valuations.priced({ prices, snapshotId: request.snapshotId }, symbols);
    const { market } = priced;
    const arrays = await computedArrays(symbols, priced, askedGrid(request, market.valuationDate));
    return riskArraysReply(arrays, market);
  }
}
