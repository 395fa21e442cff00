/** One linear condition: lower ≤ Σ values·x[indices] ≤ upper. */
export interface ProgramRow {
  readonly lower: number;
  readonly upper: number;
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** Minimise offset + Σ cost·x over 0 ≤ x ≤ upper under the rows, with some x whole. */
export interface IntegerProgram {
  readonly offset: number;
  readonly cost: readonly number[];
  readonly upper: readonly number[];
  readonly isWhole: readonly boolean[];
  readonly rows: readonly ProgramRow[];
}

export interface ProgramSolution {
  /** The best values found; null where none were in time. */
  readonly values: readonly number[] | null;
  /** No permitted values cost less; −∞ where nothing is known. */
  readonly bound: number;
}

/** Solves integer programs. The same program gives the same solution unless the time runs out. */
export interface ProgramSolver {
  /** `start` are permitted values to begin from; `seconds` is measured by the solver's own clock. */
  readonly solve: (program: IntegerProgram, start: readonly number[], seconds: number) => ProgramSolution;
}
