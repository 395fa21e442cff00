import type { MarginContext, Valuation } from '@app/margin';
import type { GivenPrices, Market } from '@app/market';
import type { Order, Portfolio, WorkingOrder } from '@app/portfolio';
import type { ProgramSolver } from '@app/reg-t';
import type { HouseRule } from '@app/rules';
import { Decimal } from 'decimal.js';
import { fieldSymbol } from '../fields/symbol.js';
import {
  type Alternative,
  alternativeLines,
  alternativesFromDto,
  type JudgedSets,
  judgedSets,
} from './alternatives.js';
import { asksPortfolioMargin, asksRegT, defaultInclude, type Include } from './asked-parts.js';
import { ENGINE_VERSION } from './engine-version.js';
import { FieldFaults } from './field-faults.js';
import { gapProblem, isAnswerGaps } from './gap-problem.js';
import { houseRulesFromDto } from './house-rules.js';
import { pricesFromDto } from './inline-market.js';
import { linkedOrders } from './linked-orders.js';
import { partlyJudged } from './partly-judged.js';
import { ordersFromDto } from './orders.js';
import { ruleSetVersion } from './regimes.js';
import { regTContext } from './reg-t-context.js';
import { rulesOn } from './rules-in-force.js';
import { refuseTwoSources } from './valuations.js';
import type { ShadowPortfolioDto, ShadowWhatIfRequestDto } from './what-if.dto.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';
import { whatIfReply } from './what-if-reply.js';

/** A portfolio that is not stored, in the engine's terms. */
export interface ShadowPortfolio {
  readonly portfolio: Portfolio;
  readonly houseRules: readonly HouseRule[];
  /** Null: a stored snapshot is asked for. */
  readonly prices: GivenPrices | null;
}

/** What cannot be meant goes to `faults`. @throws Problem 400 for two sources of prices. */
export function shadowPortfolio(request: ShadowPortfolioDto, faults: FieldFaults): ShadowPortfolio {
  refuseTwoSources(request);
  return {
    portfolio: {
      cash: new Decimal(request.account.cash),
      positions: (request.positions ?? []).map(({ symbol, quantity }) => ({
        symbol: fieldSymbol(symbol),
        quantity: new Decimal(quantity),
      })),
    },
    houseRules: houseRulesFromDto(request.houseRules ?? [], faults),
    prices: request.market === undefined ? null : pricesFromDto(request.market, faults),
  };
}

/** A stateless question in the engine's terms. */
export interface ShadowQuestion extends ShadowPortfolio {
  readonly orders: readonly Order[];
  /** The same, each with its links. */
  readonly linked: readonly WorkingOrder[];
  readonly alternatives: readonly Alternative[];
}

/** @throws Problem 400 with everything the request cannot mean. */
export function shadowQuestion(request: ShadowWhatIfRequestDto): ShadowQuestion {
  const faults = new FieldFaults();
  const orders = ordersFromDto(request.orders, faults);
  const question = {
    ...shadowPortfolio(request, faults),
    orders,
    linked: linkedOrders(orders, request.links, faults),
    alternatives: alternativesFromDto(request.alternatives, faults),
  };
  faults.throwIfAny();
  return question;
}

/** Which parts of the answer a question asks for. */
export function partsOf({ account, include }: ShadowWhatIfRequestDto): readonly Include[] {
  return include ?? defaultInclude(account.methodology);
}

/** Whether a question needs the strategy-based side at all. */
export function needsRegT(request: ShadowWhatIfRequestDto): boolean {
  return asksRegT(request.account.methodology, partsOf(request));
}

/** Every set of orders judged on a market; `solver` is null where {@link needsRegT} is false. @throws Problem 422 naming every gap. */
export function shadowJudged(
  request: ShadowWhatIfRequestDto,
  { portfolio, orders, alternatives, houseRules }: ShadowQuestion,
  priced: Valuation,
  solver: ProgramSolver | null,
): JudgedSets {
  const { market } = priced;
  const { methodology, strictVolatility = false } = request.account;
  const portfolioMargin = (): MarginContext => ({
    valuation: priced,
    rules: rulesOn(market, houseRules),
    strictVolatility,
  });
  const bases = {
    portfolioMargin: asksPortfolioMargin(methodology, partsOf(request)) ? { context: portfolioMargin() } : null,
    regT: solver === null ? null : { context: regTContext(market, solver) },
  };
  const whole = judgedSets(methodology, portfolio, orders, alternatives, bases);
  const takesPart = isAnswerGaps(whole) && request.allowPartial === true && alternatives.length === 0;
  const result = (takesPart ? partlyJudged(portfolio, orders, bases) : undefined) ?? whole;
  if (isAnswerGaps(result)) throw gapProblem(result, request);
  return result;
}

/** The answer to what was judged, but for the parts that take searches of their own. */
export function shadowReply(
  request: ShadowWhatIfRequestDto,
  { alternatives }: ShadowQuestion,
  sets: JudgedSets,
  { snapshotId, asOf }: Market,
): Omit<WhatIfReplyDto, 'id'> {
  const provenance = {
    ...{ snapshotId, asOf },
    ruleSetVersion: ruleSetVersion(sets.main),
    positionsVersion: null,
    engineVersion: ENGINE_VERSION,
  };
  return { ...whatIfReply(sets.main, partsOf(request), provenance), ...alternativeLines(sets, alternatives) };
}
