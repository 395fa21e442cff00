import { type ClassGroup, type ClassGroupMargin, inSymbolOrder, type WhatIf } from '@app/margin';
import { type Cents, centsText, marketValue, profitCents } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import type { Include } from './asked-parts.js';
import { moneyChange, type MoneyChangeDto } from './money-change.js';
import { quoteFlags } from './quote-flags.js';
import { regTReply } from './reg-t-reply.js';
import type { Judged } from './regimes.js';
import { ruleLines } from './rule-lines.js';
import type {
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
  const groups = portfolioMargin === null ? [] : union(portfolioMargin.result);
  return {
    decision,
    reasons: reasons.map((reason) => ({ ...reason, shortfall: centsText(reason.shortfall) })),
    riskReducing,
    methodology,
    ...inForce(answer),
    ...(portfolioMargin !== null && wanted.has('regulatory') && { regulatory: regulatory(portfolioMargin.result) }),
    ...(regT !== null && { regT: regTReply(regT.result, regT.context, excessOf(portfolioMargin)) }),
    ...((wanted.has('classGroups') || wanted.has('scenarios')) && {
      classGroups: groups.map((pair) => classGroupLine(pair, wanted.has('scenarios'))),
      productGroups: [],
    }),
    ...(wanted.has('positions') && { positions: groups.flatMap(positionLines) }),
    rules: portfolioMargin === null ? [] : ruleLines(lines(groups), portfolioMargin.context.rules),
    flags: portfolioMargin === null ? quoteFlags(regTHoldings(regT)) : groups.flatMap(groupFlags),
    provenance,
  };
}

/** What decided: requirement, equity and excess under the account's own regime. */
export function inForce({
  methodology,
  portfolioMargin,
  regT,
}: Judged): Pick<WhatIfReplyDto, 'requirement' | 'equity' | 'excess'> {
  const sides = methodology === 'REG_T' ? regT!.result : portfolioMargin!.result;
  const [before, after] = [sides.before, sides.after].map((side) => ({
    requirement: 'initial' in side ? side.initial : side.requirement,
    equity: side.equity,
  }));
  return {
    requirement: moneyChange(before.requirement, after.requirement),
    equity: moneyChange(before.equity, after.equity),
    excess: moneyChange(before.equity - before.requirement, after.equity - after.requirement),
  };
}

function regulatory({ before, after }: WhatIf): WhatIfReplyDto['regulatory'] {
  return {
    requirement: moneyChange(before.regulatoryRequirement, after.regulatoryRequirement),
    excess: moneyChange(before.equity - before.regulatoryRequirement, after.equity - after.regulatoryRequirement),
  };
}

function excessOf(portfolioMargin: Judged['portfolioMargin']) {
  if (portfolioMargin === null) return null;
  const { before, after } = portfolioMargin.result;
  return { before: before.equity - before.requirement, after: after.equity - after.requirement };
}

function lines(groups: readonly GroupPair[]): ClassGroup[] {
  return groups.map(({ line }) => line);
}

function groupFlags({ before, after }: GroupPair): FlagDto[] {
  return quoteFlags([before, after].flatMap((group) => (group === undefined ? [] : inSymbolOrder(group.doubtful))));
}

function regTHoldings(regT: Judged['regT']) {
  const groups = regT === null ? [] : [...regT.result.before.groups.values(), ...regT.result.after.groups.values()];
  return groups.flatMap(({ holdings }) => holdings);
}

interface GroupPair {
  readonly before: ClassGroup | undefined;
  readonly after: ClassGroup | undefined;
  /** Whichever there is. */
  readonly line: ClassGroup;
}

function union({ before, after }: WhatIf): GroupPair[] {
  const names = [...new Set([...before.classGroups.keys(), ...after.classGroups.keys()])].sort();
  return names.map((name) => {
    const pair = { before: before.classGroups.get(name), after: after.classGroups.get(name) };
    return { ...pair, line: (pair.after ?? pair.before)! };
  });
}

function classGroupLine({ before, after, line }: GroupPair, withScenarios: boolean): ClassGroupDto {
  const ofBoth = (number: (margin: ClassGroupMargin) => Cents, margin: 'inForce' | 'regulatory' = 'inForce') =>
    moneyChange(before ? number(before[margin]) : 0, after ? number(after[margin]) : 0);
  return {
    classGroup: line.classGroup,
    productClass: line.productClass,
    requirement: ofBoth(({ requirement }) => requirement),
    scanLoss: ofBoth(({ scanLoss }) => profitCents(scanLoss)),
    minimumCharge: ofBoth(({ minimumCharge }) => profitCents(minimumCharge)),
    addOns: [],
    regulatoryRequirement: ofBoth(({ requirement }) => requirement, 'regulatory'),
    worst: { before: worstPoint(before?.inForce), after: worstPoint(after?.inForce) },
    ...(withScenarios && { scenarios: scenarios(before?.inForce, after?.inForce) }),
  };
}

function worstPoint(margin: ClassGroupMargin | undefined): ValuationPointDto | null {
  return margin === undefined ? null : margin.grid.points[margin.worst];
}

function scenarios(before: ClassGroupMargin | undefined, after: ClassGroupMargin | undefined): ScenariosDto {
  const { points } = (after ?? before)!.grid;
  const profits = (margin: ClassGroupMargin | undefined) =>
    points.map((_, k) => centsText(profitCents(margin === undefined ? 0 : margin.scenarios[k])));
  return { points, before: profits(before), after: profits(after) };
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
      quantity: {
        before: quantityBefore.toFixed(),
        after: quantityAfter.toFixed(),
        change: quantityAfter.minus(quantityBefore).toFixed(),
      },
      mark: held.mark.price.toFixed(),
      marketValue: valueChange(marketValue(quantityBefore, held.mark), marketValue(quantityAfter, held.mark)),
      impliedVolatility: held.regulatory.impliedVolatility,
    };
  });
}

const ZERO = new Decimal(0);
const NOTHING_HELD: ClassGroup['holdings'] = new Map();

/** In decimals: values that cancel in equity may each be larger than whole cents can say. */
function valueChange(before: Decimal, after: Decimal): MoneyChangeDto {
  const [was, is] = [before, after].map((dollars) => dollars.toDecimalPlaces(2));
  const text = (dollars: Decimal): string => (dollars.isZero() ? '0.00' : dollars.toFixed(2));
  return { before: text(was), after: text(is), change: text(is.minus(was)) };
}
