import type { MarginContext, Valuation } from '@app/margin';
import type { GivenPrices } from '@app/market';
import type { Order, Portfolio } from '@app/portfolio';
import type { ProgramSolver } from '@app/reg-t';
import type { HouseRule } from '@app/rules';
import { Decimal } from 'decimal.js';
import { fieldSymbol } from '../fields/symbol.js';
import { asksPortfolioMargin, asksRegT, defaultInclude, type Include } from './asked-parts.js';
import { ENGINE_VERSION } from './engine-version.js';
import { FieldFaults } from './field-faults.js';
import { gapProblem, isAnswerGaps } from './gap-problem.js';
import { houseRulesFromDto } from './house-rules.js';
import { pricesFromDto } from './inline-market.js';
import { ordersFromDto } from './orders.js';
import { judged, ruleSetVersion } from './regimes.js';
import { regTContext } from './reg-t-context.js';
import { rulesOn } from './rules-in-force.js';
import { refuseTwoSources } from './valuations.js';
import type { ShadowWhatIfRequestDto } from './what-if.dto.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';
import { whatIfReply } from './what-if-reply.js';

/** A stateless question in the engine's terms. */
export interface ShadowQuestion {
  readonly portfolio: Portfolio;
  readonly orders: readonly Order[];
  readonly houseRules: readonly HouseRule[];
  /** Null: a stored snapshot is asked for. */
  readonly prices: GivenPrices | null;
}

/** @throws Problem 400 with everything the request cannot mean. */
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
  return question;
}

/** Which parts of the answer a question asks for. */
function partsOf({ account, include }: ShadowWhatIfRequestDto): readonly Include[] {
  return include ?? defaultInclude(account.methodology);
}

/** Whether a question needs the strategy-based side at all. */
export function needsRegT(request: ShadowWhatIfRequestDto): boolean {
  return asksRegT(request.account.methodology, partsOf(request));
}

/** The answer on a market; `solver` is null where {@link needsRegT} is false. @throws Problem 422 naming every gap. */
export function shadowAnswer(
  request: ShadowWhatIfRequestDto,
  { portfolio, orders, houseRules }: ShadowQuestion,
  priced: Valuation,
  solver: ProgramSolver | null,
): Omit<WhatIfReplyDto, 'id'> {
  const { market } = priced;
  const { methodology, strictVolatility = false } = request.account;
  const include = partsOf(request);
  const portfolioMargin = (): MarginContext => ({
    valuation: priced,
    rules: rulesOn(market, houseRules),
    strictVolatility,
  });
  const bases = {
    portfolioMargin: asksPortfolioMargin(methodology, include) ? { context: portfolioMargin() } : null,
    regT: solver === null ? null : { context: regTContext(market, solver) },
  };
  const result = judged(methodology, portfolio, orders, bases);
  if (isAnswerGaps(result)) throw gapProblem(result, { orders: request.orders, positions: request.positions });
  return whatIfReply(result, include, {
    snapshotId: market.snapshotId,
    asOf: market.asOf,
    ruleSetVersion: ruleSetVersion(result),
    positionsVersion: null,
    engineVersion: ENGINE_VERSION,
  });
}
