import { type Assignment, optionAt, type PairingBook, usedQuantities } from './assignment.js';
import type { Formula } from './formula.js';
import { type Line, unpaired } from './line.js';
import type { SpreadGroup } from './spread-group.js';
import { type SpreadPart, spreadParts } from './spread-part.js';

export interface StrategyLeg {
  readonly symbol: string;
  /** Shares or contracts, + long, − short. */
  readonly quantity: number;
}

/** Positions carried together under one formula. */
export interface Strategy {
  readonly formula: Formula;
  /** In the book's order. */
  readonly legs: readonly StrategyLeg[];
  /** Dollars, ≥ 0. */
  readonly requirement: number;
  /** What the legs add to equity beyond stock at its mark, dollars: an option's margin value. */
  readonly marginValue: number;
}

/** The strategies an assignment forms: combinations, then spreads, then what stands alone, each in the book's order. */
export function strategies(book: PairingBook, assignment: Assignment): Strategy[] {
  return [...combined(book, assignment), ...spread(book, assignment), ...alone(book, assignment)];
}

function combined({ lines, combinations, kind }: PairingBook, assignment: Assignment): Strategy[] {
  return combinations.flatMap(({ formula, legs, requirement, marginValue }, c) => {
    const units = assignment.combinations[c];
    if (units === 0) return [];
    return [
      {
        formula,
        legs: legs.map(({ line, units: each }) => strategyLeg(lines[line], each * units)),
        requirement: requirement[kind] * units,
        marginValue: marginValue * units,
      },
    ];
  });
}

function spread(book: PairingBook, assignment: Assignment): Strategy[] {
  return book.groups.flatMap((group, g) =>
    spreadParts(book.lines, group, assignment.spreads[g]).map((part) => spreadStrategy(book, group, part)),
  );
}

function spreadStrategy(book: PairingBook, group: SpreadGroup, { formula, counts, loss }: SpreadPart): Strategy {
  return {
    formula,
    legs: group.members.flatMap((line, i) => (counts[i] === 0 ? [] : [strategyLeg(optionAt(book, line), counts[i])])),
    requirement: loss,
    marginValue: 0,
  };
}

function alone(book: PairingBook, assignment: Assignment): Strategy[] {
  const used = usedQuantities(book, assignment);
  return book.lines.flatMap((line, i) => {
    const units = Math.abs(line.quantity) - used[i];
    // Shares left over from a quotient of prices are not shares.
    if (units <= Math.abs(line.quantity) * 1e-9) return [];
    const { formula, requirement, marginValue } = unpaired(line);
    return [
      {
        formula,
        legs: [strategyLeg(line, units)],
        requirement: requirement[book.kind] * units,
        marginValue: marginValue * units,
      },
    ];
  });
}

function strategyLeg({ symbol, quantity }: Line, units: number): StrategyLeg {
  return { symbol, quantity: Math.sign(quantity) * units };
}
