import type { Combination } from './combination.js';
import { type Line, type OptionLine, pairableQuantity, unpaired } from './line.js';
import type { RequirementKind } from './requirement.js';
import { groupLoss, type SpreadGroup, spreadLegs } from './spread-group.js';

/** Everything a book can be carried as. */
export interface PairingBook {
  readonly kind: RequirementKind;
  readonly lines: readonly Line[];
  readonly combinations: readonly Combination[];
  readonly groups: readonly SpreadGroup[];
}

/** How much of each is formed; what is left stands unpaired. */
export interface Assignment {
  /** Units of each combination, whole, ≥ 0. */
  readonly combinations: readonly number[];
  /** Contracts of each member of each group, whole, ≥ 0. */
  readonly spreads: readonly (readonly number[])[];
}

/** What a unit costs: its requirement less what it adds to equity. The pairing's least is excess's greatest. */
export function unitCost(
  { requirement, marginValue }: Pick<Combination, 'requirement' | 'marginValue'>,
  kind: RequirementKind,
): number {
  return requirement[kind] - marginValue;
}

/** Shares and contracts of each line that are in some combination or spread. */
export function usedQuantities({ lines, combinations, groups }: PairingBook, assignment: Assignment): number[] {
  const used = lines.map(() => 0);
  combinations.forEach(({ legs }, c) => {
    for (const { line, units } of legs) used[line] += units * assignment.combinations[c];
  });
  groups.forEach(({ members }, g) => members.forEach((line, i) => (used[line] += assignment.spreads[g][i])));
  return used;
}

/** Shares are the quotient of two prices where a fund covers an index: the last bit of a product is not a share. */
const SHARES_NOISE = 1e-9;

/** True where no line is used beyond what is held and every spread is equally long and short in calls and in puts. */
export function isPermitted(book: PairingBook, assignment: Assignment): boolean {
  const counts = [...assignment.combinations, ...assignment.spreads.flat()];
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) return false;
  const used = usedQuantities(book, assignment);
  return (
    used.every((units, line) => units <= pairableQuantity(book.lines[line]) * (1 + SHARES_NOISE)) &&
    book.groups.every((group, g) => {
      const legs = spreadLegs(book.lines, group, assignment.spreads[g]);
      return (['CALL', 'PUT'] as const).every(
        (side) => legs.reduce((sum, { right, shares }) => (right === side ? sum + shares : sum), 0) === 0,
      );
    })
  );
}

/** What an assignment costs, dollars: see {@link unitCost}. */
export function assignmentCost(book: PairingBook, assignment: Assignment): number {
  const { lines, combinations, groups, kind } = book;
  const used = usedQuantities(book, assignment);
  const alone = lines.reduce(
    (sum, line, i) => sum + unitCost(unpaired(line), kind) * Math.max(0, Math.abs(line.quantity) - used[i]),
    0,
  );
  const combined = combinations.reduce((sum, each, c) => sum + unitCost(each, kind) * assignment.combinations[c], 0);
  const spread = groups.reduce((sum, group, g) => sum + groupLoss(lines, group, assignment.spreads[g]), 0);
  return alone + combined + spread;
}

/** What one unit of a combination saves against its legs standing alone. */
export function combinationSaving({ lines, kind }: Pick<PairingBook, 'lines' | 'kind'>, each: Combination): number {
  const alone = each.legs.reduce((sum, { line, units }) => sum + units * unitCost(unpaired(lines[line]), kind), 0);
  return alone - unitCost(each, kind);
}

export function optionAt({ lines }: Pick<PairingBook, 'lines'>, index: number): OptionLine {
  return lines[index] as OptionLine;
}
