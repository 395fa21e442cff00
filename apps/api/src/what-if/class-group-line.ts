import { type ClassGroup, type ClassGroupMargin, profitAt } from '@app/margin';
import { type Cents, centsText, marketValue, profitCents } from '@app/portfolio';
import type { EffectiveRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import { addOnLines } from './add-on-lines.js';
import type { GroupPair } from './group-pairs.js';
import { keptJson } from './kept-json.js';
import { moneyChange } from './money-change.js';
import { quantityChange, valueChange } from './position-change.js';
import { binding } from './product-group-lines.js';
import type { ClassGroupDto, PositionLineDto, ScenariosDto, ValuationPointDto } from './what-if-reply.dto.js';

/** Of class groups that orders leave as they are, which is most of them in a large book. */
const unchangedLines = new WeakMap<ClassGroup, ClassGroupDto>();

export function shownLine(pair: GroupPair, withScenarios: boolean, rules: EffectiveRules): ClassGroupDto {
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

export function positionLines({ before, after, line }: GroupPair): PositionLineDto[] {
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
