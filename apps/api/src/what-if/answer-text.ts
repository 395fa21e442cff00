import { type Gaps, type Hold, NOTHING_HELD_BACK, type OverdueCall } from '@app/margin';
import type { Order, WorkingOrder } from '@app/portfolio';
import type { StoredAccount } from '@app/store';
import { adviceParts } from './advice-parts.js';
import { type Alternative, alternativeLines, alternativesFromDto, judgedSets, tradedSymbols } from './alternatives.js';
import { asksPortfolioMargin, asksRegT, defaultInclude } from './asked-parts.js';
import type { Base } from './base.js';
import { ENGINE_VERSION } from './engine-version.js';
import { FieldFaults } from './field-faults.js';
import { gapProblem, isAnswerGaps } from './gap-problem.js';
import { jsonText } from './kept-json.js';
import { linkedOrders } from './linked-orders.js';
import { ordersFromDto } from './orders.js';
import { partlyJudged } from './partly-judged.js';
import { type Bases, type Judged, judged, ruleSetVersion } from './regimes.js';
import type { WhatIfRequestDto } from './what-if.dto.js';
import { whatIfReply } from './what-if-reply.js';
import { worstFillPart } from './worst-fill-part.js';

/** What a request asks, before it is known of which account. */
export interface Question {
  readonly request: WhatIfRequestDto;
  readonly orders: readonly Order[];
  /** The same, each with its links. */
  readonly linked: readonly WorkingOrder[];
  readonly alternatives: readonly Alternative[];
}

/** @throws Problem 400 naming every fault. */
export function askedQuestion(request: WhatIfRequestDto): Question {
  const faults = new FieldFaults();
  const orders = ordersFromDto(request.orders, faults);
  const linked = linkedOrders(orders, request.links, faults);
  const alternatives = alternativesFromDto(request.alternatives, faults);
  faults.throwIfAny();
  return { request, orders, linked, alternatives };
}

/** Everything an answer follows from, but the question: the same of it, the same bytes. */
export interface AnswerGround {
  readonly base: Base;
  /** What working reservations hold; asked for only where portfolio margin is. */
  readonly hold: () => Promise<Hold | Gaps>;
  /** The orders of those reservations. */
  readonly working: () => Promise<readonly WorkingOrder[]>;
  /** The margin call that bars orders; null where none does. */
  readonly call: OverdueCall | null;
}

/** The answer as JSON, without an id. @throws Problem 422 naming everything that is missing. */
export async function answerText({ base, hold, working, call }: AnswerGround, question: Question): Promise<string> {
  const { request, orders, linked, alternatives } = question;
  const { account, market, snapshotId } = base;
  await base.load(tradedSymbols(orders, alternatives));
  const { methodology } = account;
  const include = request.include ?? defaultInclude(methodology);
  const bases = {
    portfolioMargin: asksPortfolioMargin(methodology, include)
      ? { ...base.portfolioMargin(), hold: await hold() }
      : null,
    regT: asksRegT(methodology, include)
      ? { ...(await base.regT()), ...(methodology === 'REG_T' && { working: await working() }) }
      : null,
  };
  const whole = judgedSets(methodology, account, orders, alternatives, bases, call);
  const takesPart = isAnswerGaps(whole) && request.allowPartial === true && alternatives.length === 0;
  const result = (takesPart ? partlyJudged(account, orders, bases) : undefined) ?? whole;
  if (isAnswerGaps(result)) throw gapProblem(result, request);
  const { main } = result;
  return jsonText({
    ...whatIfReply(main, include, {
      snapshotId,
      asOf: market.asOf,
      ruleSetVersion: ruleSetVersion(main),
      positionsVersion: String(account.version),
      engineVersion: ENGINE_VERSION,
    }),
    ...alternativeLines(result, alternatives),
    ...(main.leftOut === undefined &&
      include.includes('worstFill') && {
        worstFill: worstFillPart(methodology, account, bases, [...(await working()), ...linked], request),
      }),
    ...(main.leftOut === undefined &&
      (await adviceParts(account, orders, unheld(main, account, orders, bases), include))),
  });
}

/** The answer as if nothing were held: searches look at positions and orders alone. */
function unheld(main: Judged, account: StoredAccount, orders: readonly Order[], bases: Bases): Judged {
  const { portfolioMargin } = bases;
  if (portfolioMargin?.hold === undefined || portfolioMargin.hold === NOTHING_HELD_BACK) return main;
  const { context, before } = portfolioMargin;
  const alone = judged(main.methodology, account, orders, { portfolioMargin: { context, before }, regT: bases.regT });
  return isAnswerGaps(alone) ? main : alone;
}
