import { type Assignment, assignmentCost, combinationSaving, isPermitted, type PairingBook } from './assignment.js';
import { combinations } from './book-combinations.js';
import { greedyPairing } from './greedy-pairing.js';
import type { ProgramSolver } from './integer-program.js';
import type { Line } from './line.js';
import { assignmentOf, needsNoSolver, pairingProgram, programValues } from './pairing-program.js';
import type { RequirementKind } from './requirement.js';
import { spreadGroups } from './spread-group.js';
import { strategies, type Strategy } from './strategy.js';

/** How lines are carried so that they cost least. */
export interface Pairing {
  readonly strategies: readonly Strategy[];
  /** Dollars, the sum over the strategies. */
  readonly requirement: number;
  readonly marginValue: number;
  /** No permitted pairing has a lower requirement: proven. */
  readonly isOptimal: boolean;
  /** By how much one could be lower, dollars; 0 where proven, infinite where nothing is known. */
  readonly gap: number;
}

export interface PairingLimits {
  readonly solver: ProgramSolver;
  /** Of the solver's own clock, for one set of lines; past it the best found is given with its gap. */
  readonly seconds: number;
  /** Fraction of its strike difference that a long box requires. */
  readonly longBoxRate: number;
}

/** Lines of which the least pairing is looked for. The program grows with their square: twice as many take seconds. */
const PROGRAM_LINES_MOST = 250;
/** Lines that are paired at all: beyond, each stands alone, which requires more than any pairing, never less. */
const GREEDY_LINES_MOST = 500;

/** Half a cent: what two pairings of one requirement may differ by in binary fractions. */
const PROOF_DOLLARS = 0.005;

/** What could be formed of the lines at a gain; what saves nothing is left out, so that a tie goes to the simpler form. */
export function pairingBook(lines: readonly Line[], kind: RequirementKind, longBoxRate: number): PairingBook {
  const useful = combinations(lines, longBoxRate).filter((each) => combinationSaving({ lines, kind }, each) > 1e-9);
  return { kind, lines, combinations: useful, groups: spreadGroups(lines) };
}

/**
 * The pairing of least requirement, less the margin value it gives: greatest excess. `lines` are in canonical order,
 * one line an instrument, so that the same book gives the same pairing however it was written down. What is too large
 * to be sure of in the time of one question gets a pairing that requires no less, and says that its gap is not known.
 */
export function minimumPairing(lines: readonly Line[], kind: RequirementKind, limits: PairingLimits): Pairing {
  if (lines.length > GREEDY_LINES_MOST) return eachAlone(lines, kind);
  const book = pairingBook(lines, kind, limits.longBoxRate);
  const greedy = greedyPairing(book);
  if (needsNoSolver(book)) return paired(book, greedy, assignmentCost(book, greedy));
  if (lines.length > PROGRAM_LINES_MOST) return paired(book, greedy, -Infinity);
  const { values, bound } = limits.solver.solve(pairingProgram(book), programValues(book, greedy), limits.seconds);
  const found = values === null ? greedy : assignmentOf(book, values);
  const best = isPermitted(book, found) && assignmentCost(book, found) <= assignmentCost(book, greedy) ? found : greedy;
  return paired(book, best, bound);
}

function eachAlone(lines: readonly Line[], kind: RequirementKind): Pairing {
  return paired({ kind, lines, combinations: [], groups: [] }, { combinations: [], spreads: [] }, -Infinity);
}

function paired(book: PairingBook, assignment: Assignment, bound: number): Pairing {
  const formed = strategies(book, assignment);
  const requirement = formed.reduce((sum, strategy) => sum + strategy.requirement, 0);
  const marginValue = formed.reduce((sum, strategy) => sum + strategy.marginValue, 0);
  const cost = requirement - marginValue;
  const isOptimal = cost - bound <= PROOF_DOLLARS + Math.abs(cost) * 1e-9;
  return { strategies: formed, requirement, marginValue, isOptimal, gap: isOptimal ? 0 : cost - bound };
}
