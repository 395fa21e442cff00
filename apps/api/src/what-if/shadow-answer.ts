import { isGaps, type MarginContext, type Valuation, whatIf } from '@app/margin';
import type { GivenPrices } from '@app/market';
import type { Order, Portfolio } from '@app/portfolio';
import type { HouseRule } from '@app/rules';
import { Decimal } from 'decimal.js';
import { fieldSymbol } from '../fields/symbol.js';
import { ENGINE_VERSION } from './engine-version.js';
import { FieldFaults } from './field-faults.js';
import { gapProblem } from './gap-problem.js';
import { houseRulesFromDto } from './house-rules.js';
import { pricesFromDto } from './inline-market.js';
import { ordersFromDto } from './orders.js';
import { refuseOtherMethodology, rulesInForce } from './rules-in-force.js';
import { refuseTwoSources } from './valuations.js';
import type { ShadowWhatIfRequestDto } from './what-if.dto.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';
import { DEFAULT_INCLUDE, whatIfReply } from './what-if-reply.js';

/** A stateless question in the engine's terms. */
export interface ShadowQuestion {
  readonly portfolio: Portfolio;
  readonly orders: readonly Order[];
  readonly houseRules: readonly HouseRule[];
  /** Null: a stored snapshot is asked for. */
  readonly prices: GivenPrices | null;
}

/** @throws Problem 400 with everything the request cannot mean, 422 for a methodology that is not computed. */
export function shadowQuestion(request: ShadowWhatIfRequestDto): ShadowQuestion {
  refuseTwoSources(request);
  const faults = new FieldFaults();
  const question = {
    portfolio: {
      cash: new Decimal(request.account.cash),
      positions: (request.positions ?? []).map(({ symbol, quantity }) => ({
        symbol: fieldSymbol(symbol),
        quantity: new Decimal(quantity),
      })),
    },
    orders: ordersFromDto(request.orders, faults),
    houseRules: houseRulesFromDto(request.houseRules ?? [], faults),
    prices: request.market === undefined ? null : pricesFromDto(request.market, faults),
  };
  faults.throwIfAny();
  refuseOtherMethodology(request.account.methodology, '/account/methodology');
  return question;
}

/** The answer on a market. @throws Problem 422 naming every gap. */
export function shadowAnswer(
  request: ShadowWhatIfRequestDto,
  { portfolio, orders, houseRules }: ShadowQuestion,
  priced: Valuation,
): Omit<WhatIfReplyDto, 'id'> {
  const { market } = priced;
  const context: MarginContext = {
    valuation: priced,
    rules: rulesInForce(market.valuationDate, houseRules),
    strictVolatility: request.account.strictVolatility ?? false,
  };
  const result = whatIf(portfolio, orders, context);
  if (isGaps(result)) throw gapProblem(result, { orders: request.orders, positions: request.positions });
  return whatIfReply(result, context, request.include ?? DEFAULT_INCLUDE, {
    snapshotId: market.snapshotId,
    asOf: market.asOf,
    ruleSetVersion: context.rules.version,
    positionsVersion: null,
    engineVersion: ENGINE_VERSION,
  });
}
