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

/**
 * An answer in the contract's form: money as text, every difference over the union of lines. Parts that were not asked
 * for are undefined; one object with all members, as one of spread parts takes several times as long to make.
 */
export function whatIfReply(
  answer: Judged,
  include: readonly Include[],
  provenance: WhatIfReplyDto['provenance'],
): Omit<WhatIfReplyDto, 'id'> {
  const { portfolioMargin, regT } = answer;
  const shown = portfolioMargin && shownGroups(portfolioMargin);
  const leftOut = answer.leftOut === undefined ? NOTHING_LEFT_OUT : leftOutLines(answer.leftOut);
  const decided = inForce(answer);
  const modelled = shown === null ? NOTHING_MODELLED : modelledParts(shown, include, answer.leftOut?.charge ?? 0);
  return {
    decision: answer.decision,
    complete: answer.leftOut === undefined,
    bounded: leftOut.bounded,
    unpricedCharge: leftOut.unpricedCharge,
    unpriced: leftOut.unpriced,
    unfilled: leftOut.unfilled,
    reasons: answer.reasons.map(reasonLine),
    riskReducing: answer.riskReducing,
    methodology: answer.methodology,
    requirement: decided.requirement,
    equity: decided.equity,
    excess: decided.excess,
    initial: modelled.initial,
    addOns: modelled.addOns,
    strategyPositions: modelled.strategyPositions,
    regulatory: modelled.regulatory,
    regT: regT === null ? undefined : regTReply(regT.result, regT.context, excessOf(portfolioMargin)),
    classGroups: modelled.classGroups,
    productGroups: modelled.productGroups,
    positions: modelled.positions,
    rules: shown === null ? [] : shownRules(shown),
    flags: shown === null ? quoteFlags(regTHoldings(regT)) : shownFlags(shown),
    provenance,
  };
}

const NOTHING_LEFT_OUT: Partial<ReturnType<typeof leftOutLines>> = {};

type ModelledParts = Pick<
  WhatIfReplyDto,
  'initial' | 'addOns' | 'strategyPositions' | 'regulatory' | 'classGroups' | 'productGroups' | 'positions'
>;
const NOTHING_MODELLED: ModelledParts = {};

/** What only portfolio margin has: of the account as a whole, then what was asked for. */
function modelledParts(shown: ShownGroups, include: readonly Include[], charge: Cents): ModelledParts {
  const { result, context, pairs } = shown;
  const { before, after } = result;
  const withScenarios = include.includes('scenarios');
  const withGroups = withScenarios || include.includes('classGroups');
  return {
    initial: moneyChange(before.initial + charge, after.initial + charge),
    addOns: addOnLines(before.addOns, after.addOns, context.rules.appliedAccount),
    strategyPositions: strategyPositionLines(result),
    regulatory: include.includes('regulatory') ? regulatory(result, charge) : undefined,
    classGroups: withGroups ? pairs().map((pair) => shownLine(pair, withScenarios, context.rules)) : undefined,
    productGroups: withGroups ? productGroupLines(result) : undefined,
    positions: include.includes('positions')
      ? [...pairs().flatMap(positionLines), ...outsidePositionLines(result)]
      : undefined,
  };
}

export function reasonLine(reason: Reason): ReasonDto {
  return { ...reason, shortfall: reason.shortfall === null ? null : centsText(reason.shortfall) };
}

interface Standing {
  readonly requirement: Cents;
  readonly equity: Cents;
}

/** What decided: requirement, equity and excess under the account's own regime. */
export function inForce({
  methodology,
  portfolioMargin,
  regT,
  leftOut,
}: Judged): Pick<WhatIfReplyDto, 'requirement' | 'equity' | 'excess'> {
  const isRegT = methodology === 'REG_T';
  const before: Standing = isRegT
    ? regTStanding(regT!.result.before, regT!.held.before)
    : portfolioMargin!.result.before;
  const after: Standing = isRegT ? regTStanding(regT!.result.after, regT!.held.after) : portfolioMargin!.result.after;
  const charge = leftOut?.charge ?? 0;
  const [was, is] = [before.requirement + charge, after.requirement + charge];
  return {
    requirement: moneyChange(was, is),
    equity: moneyChange(before.equity, after.equity),
    excess: moneyChange(before.equity - was, after.equity - is),
  };
}

function regTStanding({ initial, equity }: RegTMargin, held: Cents): Standing {
  return { requirement: initial + held, equity };
}

function regulatory({ before, after }: WhatIf, charge: Cents): WhatIfReplyDto['regulatory'] {
  const [was, is] = [before.regulatoryRequirement + charge, after.regulatoryRequirement + charge];
  return { requirement: moneyChange(was, is), excess: moneyChange(before.equity - was, after.equity - is) };
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
