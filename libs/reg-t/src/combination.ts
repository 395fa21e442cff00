import type { Formula } from './formula.js';
import type { Requirement } from './requirement.js';

export interface CombinationLeg {
  /** Place in the list of lines. */
  readonly line: number;
  /** Shares or contracts in one unit of the combination, > 0. */
  readonly units: number;
}

/** A way to carry lines together other than as a spread, for one unit: what it requires and adds to equity, dollars. */
export interface Combination {
  readonly formula: Formula;
  readonly legs: readonly CombinationLeg[];
  readonly requirement: Requirement;
  readonly marginValue: number;
}
