import type { Reason, WhatIf } from '@app/margin';
import { type Cents, centsText } from '@app/portfolio';
import type { RegTMargin } from '@app/reg-t';
import { addOnLines } from './add-on-lines.js';
import type { Include } from './asked-parts.js';
import { positionLines, shownLine } from './class-group-line.js';
import { leftOutLines } from './left-out-lines.js';
import { moneyChange } from './money-change.js';
import { productGroupLines } from './product-group-lines.js';
import { quoteFlags } from './quote-flags.js';
import type { ReasonDto } from './reason.dto.js';
import { regTReply } from './reg-t-reply.js';
import type { Judged } from './regimes.js';
import { type ShownGroups, shownFlags, shownGroups, shownRules } from './shown-groups.js';
import { outsidePositionLines, strategyPositionLines } from './strategy-position-lines.js';
import type { WhatIfReplyDto } from './what-if-reply.dto.js';

/** An answer in the contract's form: money as text, every difference over the union of lines. */
export function whatIfReply(
  answer: Judged,
  include: readonly Include[],
  provenance: WhatIfReplyDto['provenance'],
): Omit<WhatIfReplyDto, 'id'> {
  const { decision, reasons, riskReducing, methodology, portfolioMargin, regT } = answer;
  const charge = answer.leftOut?.charge ?? 0;
  const shown = portfolioMargin && shownGroups(portfolioMargin);
  return {
    decision,
    complete: answer.leftOut === undefined,
    ...(answer.leftOut !== undefined && leftOutLines(answer.leftOut)),
    reasons: reasons.map(reasonLine),
    riskReducing,
    methodology,
    ...inForce(answer),
    ...(portfolioMargin !== null && {
      ...beyondClassGroups(portfolioMargin, charge),
      ...(include.includes('regulatory') && { regulatory: regulatory(portfolioMargin.result, charge) }),
    }),
    ...(regT !== null && { regT: regTReply(regT.result, regT.context, excessOf(portfolioMargin)) }),
    ...(shown !== null && {
      ...groupLines(shown, include),
      ...(include.includes('positions') && {
        positions: [...shown.pairs().flatMap(positionLines), ...outsidePositionLines(shown.result)],
      }),
    }),
    rules: shown === null ? [] : shownRules(shown),
    flags: shown === null ? quoteFlags(regTHoldings(regT)) : shownFlags(shown),
    provenance,
  };
}

function groupLines({ pairs, result, context }: ShownGroups, include: readonly Include[]) {
  const withScenarios = include.includes('scenarios');
  if (!withScenarios && !include.includes('classGroups')) return {};
  return {
    classGroups: pairs().map((pair) => shownLine(pair, withScenarios, context.rules)),
    productGroups: productGroupLines(result),
  };
}

export function reasonLine(reason: Reason): ReasonDto {
  return { ...reason, shortfall: reason.shortfall === null ? null : centsText(reason.shortfall) };
}

/** What decided: requirement, equity and excess under the account's own regime. */
export function inForce({
  methodology,
  portfolioMargin,
  regT,
  leftOut,
}: Judged): Pick<WhatIfReplyDto, 'requirement' | 'equity' | 'excess'> {
  const sides =
    methodology === 'REG_T'
      ? {
          before: regTStanding(regT!.result.before, regT!.held.before),
          after: regTStanding(regT!.result.after, regT!.held.after),
        }
      : portfolioMargin!.result;
  const charge = leftOut?.charge ?? 0;
  const [before, after] = [sides.before, sides.after].map(({ requirement, equity }) => ({
    requirement: requirement + charge,
    equity,
  }));
  return {
    requirement: moneyChange(before.requirement, after.requirement),
    equity: moneyChange(before.equity, after.equity),
    excess: moneyChange(before.equity - before.requirement, after.equity - after.requirement),
  };
}

function regTStanding({ initial, equity }: RegTMargin, held: Cents) {
  return { requirement: initial + held, equity };
}

function regulatory({ before, after }: WhatIf, charge: Cents): WhatIfReplyDto['regulatory'] {
  const [was, is] = [before.regulatoryRequirement + charge, after.regulatoryRequirement + charge];
  return { requirement: moneyChange(was, is), excess: moneyChange(before.equity - was, after.equity - is) };
}

/** What the account is asked for as a whole. */
function beyondClassGroups(
  { context: { rules }, result: { before, after } }: NonNullable<Judged['portfolioMargin']>,
  charge: Cents,
) {
  return {
    initial: moneyChange(before.initial + charge, after.initial + charge),
    addOns: addOnLines(before.addOns, after.addOns, rules.appliedAccount),
    strategyPositions: strategyPositionLines({ before, after }),
  };
}

function excessOf(portfolioMargin: Judged['portfolioMargin']) {
  if (portfolioMargin === null) return null;
  const { before, after } = portfolioMargin.result;
  return { before: before.equity - before.requirement, after: after.equity - after.requirement };
}

function regTHoldings(regT: Judged['regT']) {
  const groups = regT === null ? [] : [...regT.result.before.groups.values(), ...regT.result.after.groups.values()];
  return groups.flatMap(({ holdings }) => holdings);
}
