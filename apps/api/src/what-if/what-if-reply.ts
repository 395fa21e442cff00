import { LRUCache } from 'lru-cache';
import { type ClassGroup, type ClassGroupMargin, inSymbolOrder, profitAt, type Reason, type WhatIf } from '@app/margin';
import { type Cents, centsText, marketValue, profitCents } from '@app/portfolio';
import type { RegTMargin } from '@app/reg-t';
import type { EffectiveRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import { addOnLines } from './add-on-lines.js';
import type { Include } from './asked-parts.js';
import { groupNames, type GroupPair, groupPairs, ofUnchanged } from './group-pairs.js';
import { keptJson } from './kept-json.js';
import { leftOutLines } from './left-out-lines.js';
import { moneyChange } from './money-change.js';
import { quantityChange, valueChange } from './position-change.js';
import { binding, productGroupLines } from './product-group-lines.js';
import { quoteFlags } from './quote-flags.js';
import { regTReply } from './reg-t-reply.js';
import type { ReasonDto } from './reason.dto.js';
import type { Judged } from './regimes.js';
import { ruleLines, symbolLines } from './rule-lines.js';
import { outsidePositionLines, strategyPositionLines } from './strategy-position-lines.js';
import type {
  AppliedRuleDto,
  ClassGroupDto,
  FlagDto,
  PositionLineDto,
  ScenariosDto,
  ValuationPointDto,
  WhatIfReplyDto,
} from './what-if-reply.dto.js';

/** An answer in the contract's form: money as text, every difference over the union of lines. */
export function whatIfReply(
  answer: Judged,
  include: readonly Include[],
  provenance: WhatIfReplyDto['provenance'],
): Omit<WhatIfReplyDto, 'id'> {
  const { decision, reasons, riskReducing, methodology, portfolioMargin, regT } = answer;
  const wanted = new Set(include);
  const charge = answer.leftOut?.charge ?? 0;
  const names = groupNames(portfolioMargin?.result);
  const groups = groupPairs(portfolioMargin?.result, names);
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
      ...(wanted.has('regulatory') && { regulatory: regulatory(portfolioMargin.result, charge) }),
    }),
    ...(regT !== null && { regT: regTReply(regT.result, regT.context, excessOf(portfolioMargin)) }),
    ...((wanted.has('classGroups') || wanted.has('scenarios')) && {
      classGroups: groups.map((pair) => shownLine(pair, wanted.has('scenarios'), portfolioMargin!.context.rules)),
      productGroups: productGroupLines(portfolioMargin!.result),
    }),
    ...(wanted.has('positions') && {
      positions: [...groups.flatMap(positionLines), ...outsidePositionLines(portfolioMargin!.result)],
    }),
    rules: portfolioMargin === null ? [] : shownRules(names, groups, portfolioMargin),
    flags: portfolioMargin === null ? quoteFlags(regTHoldings(regT)) : groups.flatMap(groupFlags),
    provenance,
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

/** Sets of class groups whose lines are kept, for each list of rules. */
const SETS_AT_MOST = 2_000;

/**
 * By the names of the class groups that they govern, which decide them: rules are those of one market. Orders that open a
 * class group make a set of names that the next ones like them make again.
 */
const linesOfNames = new WeakMap<EffectiveRules, LRUCache<string, readonly AppliedRuleDto[]>>();

function rulesOfGroups(
  names: readonly string[],
  groups: readonly GroupPair[],
  rules: EffectiveRules,
): readonly AppliedRuleDto[] {
  const ofRules = linesOfNames.get(rules) ?? new LRUCache<string, readonly AppliedRuleDto[]>({ max: SETS_AT_MOST });
  linesOfNames.set(rules, ofRules);
  const key = names.join('\n');
  const known = ofRules.get(key);
  if (known !== undefined) return known;
  const lines = groups.map(({ line }) => line);
  const made = keptJson(ruleLines(lines, rules).map(keptJson));
  ofRules.set(key, made);
  return made;
}

/** Of the class groups, of the account as a whole, then of the symbols traded. */
function shownRules(
  names: readonly string[],
  groups: readonly GroupPair[],
  { context: { rules }, result }: NonNullable<Judged['portfolioMargin']>,
): readonly AppliedRuleDto[] {
  const ofGroups = rulesOfGroups(names, groups, rules);
  const ofSymbols = symbolLines(rules, result.traded);
  return ofSymbols.length === 0 ? ofGroups : [...ofGroups, ...ofSymbols];
}

function groupFlags(pair: GroupPair): readonly FlagDto[] {
  const doubtful = (pair.before?.doubtful.size ?? 0) + (pair.after?.doubtful.size ?? 0);
  // Of most class groups nothing is doubtful.
  return doubtful === 0 ? [] : doubtfulFlags(pair);
}

const doubtfulFlags = ofUnchanged(({ before, after }): readonly FlagDto[] => {
  const groups = before === after ? [before] : [before, after];
  const doubtful = groups.flatMap((group) => (group === undefined ? [] : inSymbolOrder(group.doubtful)));
  return quoteFlags(doubtful).map(keptJson);
});

function regTHoldings(regT: Judged['regT']) {
  const groups = regT === null ? [] : [...regT.result.before.groups.values(), ...regT.result.after.groups.values()];
  return groups.flatMap(({ holdings }) => holdings);
}

/** Of class groups that orders leave as they are, which is most of them in a large book. */
const unchangedLines = new WeakMap<ClassGroup, ClassGroupDto>();

function shownLine(pair: GroupPair, withScenarios: boolean, rules: EffectiveRules): ClassGroupDto {
  if (withScenarios || pair.before !== pair.after) return classGroupLine(pair, withScenarios, rules);
  const known = unchangedLines.get(pair.line) ?? keptJson(classGroupLine(pair, false, rules));
  unchangedLines.set(pair.line, known);
  return known;
}

function classGroupLine(
  { before, after, line }: GroupPair,
  withScenarios: boolean,
  rules: EffectiveRules,
): ClassGroupDto {
  const ofBoth = (number: (margin: ClassGroupMargin) => Cents, margin: 'inForce' | 'regulatory' = 'inForce') =>
    moneyChange(before ? number(before[margin]) : 0, after ? number(after[margin]) : 0);
  return {
    classGroup: line.classGroup,
    productClass: line.productClass,
    requirement: ofBoth(({ requirement }) => requirement),
    scanLoss: ofBoth(({ scanLoss }) => profitCents(scanLoss)),
    minimumCharge: ofBoth(({ minimumCharge }) => profitCents(minimumCharge)),
    addOns: addOnLines(
      before?.inForce.addOns,
      after?.inForce.addOns,
      rules.applied(line.classGroup, line.productClass),
    ),
    regulatoryRequirement: ofBoth(({ requirement }) => requirement, 'regulatory'),
    binding: { before: binding(before), after: binding(after) },
    worst: { before: worstPoint(before?.inForce), after: worstPoint(after?.inForce) },
    ...(withScenarios && { scenarios: scenarios({ before, after, line }) }),
  };
}

function worstPoint(margin: ClassGroupMargin | undefined): ValuationPointDto | null {
  return margin === undefined ? null : margin.grid.points[margin.worst];
}

function scenarios({ before, after, line }: GroupPair): ScenariosDto {
  const { grid, places } = shownPoints(before, after, line);
  const profits = (group: ClassGroup | undefined) =>
    grid.points.map((_, k) =>
      centsText(profitCents(group === undefined ? 0 : profitAt(group.sums, placesOf(group, line, places)[k]))),
    );
  return { points: grid.points, before: profits(before), after: profits(after) };
}

/** The points in force; where equity adds some on one side of the orders only, all that it may add. */
function shownPoints(before: ClassGroup | undefined, after: ClassGroup | undefined, { plan, inForce }: ClassGroup) {
  const isSame = before === undefined || after === undefined || before.inForce.grid.key === after.inForce.grid.key;
  if (isSame) return plan.inForce.find(({ grid }) => grid.key === inForce.grid.key)!;
  return before.plan === after.plan ? plan.inForce.at(-1)! : plan.inForce[0];
}

/** Where a group has the points: another plan for the same points has other places. */
function placesOf(group: ClassGroup, line: ClassGroup, places: readonly number[]): readonly number[] {
  if (group.plan === line.plan) return places;
  const index = line.plan.inForce.findIndex((placed) => placed.places === places);
  return group.plan.inForce[index].places;
}

function positionLines({ before, after, line }: GroupPair): PositionLineDto[] {
  const was = before?.holdings ?? NOTHING_HELD;
  const is = after?.holdings ?? NOTHING_HELD;
  return [...new Set([...was.keys(), ...is.keys()])].sort().map((symbol) => {
    const held = (is.get(symbol) ?? was.get(symbol))!;
    const quantityBefore = was.get(symbol)?.position.quantity ?? ZERO;
    const quantityAfter = is.get(symbol)?.position.quantity ?? ZERO;
    return {
      symbol,
      classGroup: line.classGroup,
      quantity: quantityChange(quantityBefore, quantityAfter),
      mark: held.mark.price.toFixed(),
      marketValue: valueChange(marketValue(quantityBefore, held.mark), marketValue(quantityAfter, held.mark)),
      impliedVolatility: held.regulatory.impliedVolatility,
    };
  });
}

const ZERO = new Decimal(0);
const NOTHING_HELD: ClassGroup['holdings'] = new Map();
