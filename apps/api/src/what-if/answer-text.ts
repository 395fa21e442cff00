import { type Gaps, type Hold, NOTHING_HELD_BACK, type OverdueCall } from '@app/margin';
import type { Order, WorkingOrder } from '@app/portfolio';
import type { StoredAccount } from '@app/store';
import { type AdviceParts, adviceParts } from './advice-parts.js';
import {
  type Alternative,
  alternativeLines,
  alternativesFromDto,
  type JudgedSets,
  judgedSets,
  tradedSymbols,
} from './alternatives.js';
import { asksPortfolioMargin, asksRegT, defaultInclude, type Include } from './asked-parts.js';
import type { Base } from './base.js';
import { ENGINE_VERSION } from './engine-version.js';
import { FieldFaults } from './field-faults.js';
import { gapProblem, isAnswerGaps } from './gap-problem.js';
import { keptJson, type WrittenJson, writtenJson } from './kept-json.js';
import { linkedOrders } from './linked-orders.js';
import { ordersFromDto } from './orders.js';
import { partlyJudged } from './partly-judged.js';
import { type Bases, type Judged, judged, ruleSetVersion } from './regimes.js';
import type { WhatIfRequestDto } from './what-if.dto.js';
import { whatIfReply } from './what-if-reply.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';
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
export async function answerText(
  { base, hold, working, call }: AnswerGround,
  question: Question,
): Promise<WrittenJson> {
  await base.load(tradedSymbols(question.orders, question.alternatives));
  const { isPortfolioMargin, isRegT } = askedRegimes(base, question);
  const isOwnRegT = base.account.methodology === 'REG_T';
  const bases = {
    portfolioMargin: isPortfolioMargin ? { ...base.portfolioMargin(), hold: await hold() } : null,
    regT: isRegT ? { ...(await base.regT()), ...(isOwnRegT && { working: await working() }) } : null,
  };
  const answer = answered(base, bases, call, question);
  return textOf(answer, base, question, await furtherParts(answer, base, bases, working, question));
}

/**
 * The same, where nothing is held by working orders, nothing has to be read for it and no part of it takes turns with
 * other questions; undefined where that is not so.
 */
export function answerTextAtHand(base: Base, call: OverdueCall | null, question: Question): WrittenJson | undefined {
  const { isPortfolioMargin, isRegT } = askedRegimes(base, question);
  if (!isPortfolioMargin || isRegT || asksSearches(question)) return undefined;
  if (!base.isLoaded(tradedSymbols(question.orders, question.alternatives))) return undefined;
  const bases = { portfolioMargin: { ...base.portfolioMargin(), hold: NOTHING_HELD_BACK }, regT: null };
  return textOf(answered(base, bases, call, question), base, question, {});
}

function includeOf({ account: { methodology } }: Base, { request }: Question): readonly Include[] {
  return request.include ?? defaultInclude(methodology);
}

function askedRegimes(base: Base, question: Question) {
  const { methodology } = base.account;
  const include = includeOf(base, question);
  return { isPortfolioMargin: asksPortfolioMargin(methodology, include), isRegT: asksRegT(methodology, include) };
}

function answered(
  { account }: Base,
  bases: Bases,
  call: OverdueCall | null,
  { request, orders, alternatives }: Question,
): JudgedSets {
  const whole = judgedSets(account.methodology, account, orders, alternatives, bases, call);
  const takesPart = isAnswerGaps(whole) && request.allowPartial === true && alternatives.length === 0;
  const result = (takesPart ? partlyJudged(account, orders, bases) : undefined) ?? whole;
  if (isAnswerGaps(result)) throw gapProblem(result, request);
  return result;
}

function textOf(answer: JudgedSets, base: Base, question: Question, more: FurtherParts): WrittenJson {
  const provenance = provenanceOf(base, ruleSetVersion(answer.main));
  const reply = whatIfReply(answer.main, includeOf(base, question), provenance);
  return writtenJson(reply, alternativeLines(answer, question.alternatives), more);
}

/** By the account: it goes into every answer until the account changes. */
const provenances = new WeakMap<Base, WhatIfReplyDto['provenance']>();

function provenanceOf(base: Base, version: string): WhatIfReplyDto['provenance'] {
  const known = provenances.get(base);
  // The regime that decides is the account's own, and has one version on a base.
  if (known !== undefined) return known;
  const { account, market, snapshotId } = base;
  const made = keptJson({
    snapshotId,
    asOf: market.asOf,
    ruleSetVersion: version,
    positionsVersion: String(account.version),
    engineVersion: ENGINE_VERSION,
  });
  provenances.set(base, made);
  return made;
}

/** Parts that take searches of their own. */
const SEARCHES: readonly Include[] = ['attribution', 'distance', 'worstFill'];

function asksSearches({ request: { include } }: Question): boolean {
  return include !== undefined && include.some((part) => SEARCHES.includes(part));
}

type FurtherParts = AdviceParts & Partial<Pick<WhatIfReplyDto, 'worstFill'>>;

async function furtherParts(
  { main }: JudgedSets,
  base: Base,
  bases: Bases,
  working: AnswerGround['working'],
  question: Question,
): Promise<FurtherParts> {
  if (main.leftOut !== undefined || !asksSearches(question)) return {};
  const { account } = base;
  const { request, orders, linked } = question;
  const include = includeOf(base, question);
  return {
    ...(include.includes('worstFill') && {
      worstFill: worstFillPart(account.methodology, account, bases, [...(await working()), ...linked], request),
    }),
    ...(await adviceParts(account, orders, unheld(main, account, orders, bases), include)),
  };
}

/** The answer as if nothing were held: searches look at positions and orders alone. */
function unheld(main: Judged, account: StoredAccount, orders: readonly Order[], bases: Bases): Judged {
  const { portfolioMargin } = bases;
  if (portfolioMargin?.hold === undefined || portfolioMargin.hold === NOTHING_HELD_BACK) return main;
  const { context, before } = portfolioMargin;
  const alone = judged(main.methodology, account, orders, { portfolioMargin: { context, before }, regT: bases.regT });
  return isAnswerGaps(alone) ? main : alone;
}
