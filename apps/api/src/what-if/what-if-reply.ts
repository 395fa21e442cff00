import type { ClassGroup, ClassGroupMargin, MarginContext, WhatIf } from '@app/margin';
import { type Cents, centsText, marketValue, profitCents } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { quoteFlags } from './quote-flags.js';
import { ruleLines } from './rule-lines.js';
import type {
  ClassGroupDto,
  MoneyChangeDto,
  PositionLineDto,
  ScenariosDto,
  ValuationPointDto,
  WhatIfReplyDto,
} from './what-if-reply.dto.js';

/** Which parts of an answer the caller asked for. */
export const INCLUDES = ['classGroups', 'scenarios', 'positions', 'regulatory', 'regT'] as const;
export type Include = (typeof INCLUDES)[number];

export const DEFAULT_INCLUDE: readonly Include[] = ['classGroups', 'regulatory'];

/** An answer in the contract's form: money as text, every difference over the union of lines. */
export function whatIfReply(
  { before, after, decision, reasons, riskReducing }: WhatIf,
  context: MarginContext,
  include: readonly Include[],
  provenance: WhatIfReplyDto['provenance'],
): Omit<WhatIfReplyDto, 'id'> {
  const groups = union(before.classGroups, after.classGroups);
  const wanted = new Set(include);
  return {
    decision,
    reasons: reasons.map((reason) => ({ ...reason, shortfall: centsText(reason.shortfall) })),
    riskReducing,
    methodology: 'PORTFOLIO_MARGIN',
    requirement: moneyChange(before.requirement, after.requirement),
    equity: moneyChange(before.equity, after.equity),
    excess: moneyChange(before.equity - before.requirement, after.equity - after.requirement),
    ...(wanted.has('regulatory') && {
      regulatory: {
        requirement: moneyChange(before.regulatoryRequirement, after.regulatoryRequirement),
        excess: moneyChange(before.equity - before.regulatoryRequirement, after.equity - after.regulatoryRequirement),
      },
    }),
    ...((wanted.has('classGroups') || wanted.has('scenarios')) && {
      classGroups: groups.map((pair) => classGroupLine(pair, wanted.has('scenarios'))),
      productGroups: [],
    }),
    ...(wanted.has('positions') && { positions: groups.flatMap(positionLines) }),
    rules: ruleLines(
      groups.map(({ line }) => line),
      context.rules,
    ),
    flags: groups.flatMap(({ before: was, after: is }) =>
      quoteFlags([...(was?.holdings ?? []), ...(is?.holdings ?? [])]),
    ),
    provenance,
  };
}

interface GroupPair {
  readonly before: ClassGroup | undefined;
  readonly after: ClassGroup | undefined;
  /** Whichever there is. */
  readonly line: ClassGroup;
}

function union(before: ReadonlyMap<string, ClassGroup>, after: ReadonlyMap<string, ClassGroup>): GroupPair[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => {
    const pair = { before: before.get(name), after: after.get(name) };
    return { ...pair, line: (pair.after ?? pair.before)! };
  });
}

function classGroupLine({ before, after, line }: GroupPair, withScenarios: boolean): ClassGroupDto {
  const ofBoth = (number: (margin: ClassGroupMargin) => Cents, margin: 'inForce' | 'regulatory' = 'inForce') =>
    moneyChange(before ? number(before[margin]) : 0, after ? number(after[margin]) : 0);
  return {
    classGroup: line.classGroup,
    productClass: line.productClass,
    requirement: ofBoth(requirementOf),
    scanLoss: ofBoth(({ scanLoss }) => profitCents(scanLoss)),
    minimumCharge: ofBoth(({ minimumCharge }) => profitCents(minimumCharge)),
    addOns: [],
    regulatoryRequirement: ofBoth(requirementOf, 'regulatory'),
    worst: { before: worstPoint(before?.inForce), after: worstPoint(after?.inForce) },
    ...(withScenarios && { scenarios: scenarios(before?.inForce, after?.inForce) }),
  };
}

/** A computed margin always has one: too large an amount was reported as a gap. */
function requirementOf({ requirement }: ClassGroupMargin): Cents {
  return requirement!;
}

function worstPoint(margin: ClassGroupMargin | undefined): ValuationPointDto | null {
  return margin === undefined || margin.worst === null ? null : margin.grid.points[margin.worst];
}

function scenarios(before: ClassGroupMargin | undefined, after: ClassGroupMargin | undefined): ScenariosDto {
  const { points } = (after ?? before)!.grid;
  const profits = (margin: ClassGroupMargin | undefined) =>
    points.map((_, k) => centsText(profitCents(margin === undefined ? 0 : margin.scenarios[k])));
  return { points, before: profits(before), after: profits(after) };
}

function positionLines({ before, after, line }: GroupPair): PositionLineDto[] {
  const was = new Map(before?.holdings.map((entry) => [entry.position.symbol, entry]));
  const is = new Map(after?.holdings.map((entry) => [entry.position.symbol, entry]));
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
      impliedVolatility: held.inForce.impliedVolatility,
    };
  });
}

const ZERO = new Decimal(0);

/** In decimals: values that cancel in equity may each be larger than whole cents can say. */
function valueChange(before: Decimal, after: Decimal): MoneyChangeDto {
  const [was, is] = [before, after].map((dollars) => dollars.toDecimalPlaces(2));
  const text = (dollars: Decimal): string => (dollars.isZero() ? '0.00' : dollars.toFixed(2));
  return { before: text(was), after: text(is), change: text(is.minus(was)) };
}

export function moneyChange(before: Cents, after: Cents): MoneyChangeDto {
  return { before: centsText(before), after: centsText(after), change: centsText(after - before) };
}
